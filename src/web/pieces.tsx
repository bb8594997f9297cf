import type { Child } from 'hono/jsx'
import type { Visit } from './visit.ts'

export function Section({ id, title, children }: { id: string; title: string; children?: Child }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

export interface Figure {
  figure: string
  of: string
  /** A short comparison. */
  note?: string
  isMain?: boolean
}

export const Figures = ({ figures }: { figures: readonly Figure[] }) => (
  <dl class="figures">
    {figures.map(({ figure, of, note, isMain }) => (
      <div class={isMain ? 'main' : undefined}>
        <dt>{of}</dt>
        <dd>
          <strong>{figure}</strong>
          {note && <small>{note}</small>}
        </dd>
      </div>
    ))}
  </dl>
)

interface FormProps {
  visit: Visit
  /** The deed's name, by which `act` tells forms apart. */
  deed: string
  submit: string
  children?: Child
}

/** Posts to the page itself, with the token that only a reader of the page can know. */
export const Form = ({ visit, deed, submit, children }: FormProps) => (
  <form method="post" action={visit.href({})} class="deed">
    <input type="hidden" name="token" value={visit.formToken} />
    <input type="hidden" name="deed" value={deed} />
    {children}
    <button type="submit">{submit}</button>
  </form>
)

interface FieldProps {
  label: string
  name: string
  value?: string
  required?: boolean
  most?: number
  lines?: number
  /** Needed where a page has several fields of one name. */
  id?: string
}

export const Field = ({ label, name, value = '', required, most = 200, lines = 1, id = name }: FieldProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {lines > 1 ? (
      <textarea id={id} name={name} rows={lines} maxlength={most} required={required}>
        {value}
      </textarea>
    ) : (
      <input id={id} name={name} value={value} maxlength={most} required={required} />
    )}
  </div>
)
