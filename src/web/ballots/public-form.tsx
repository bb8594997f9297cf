import type { Child } from 'hono/jsx'
import type { BallotAsItStands } from '../../../db/ballots/state.ts'
import { gradeNames, grades } from '../../rules/ballots/uses.ts'
import { spokenMoment } from '../../spoken.ts'
import { capital, labelled, plainly, t } from '../../text.ts'
import { ballotTitle } from '../../words/ballots.ts'
import { secrecyParts } from '../../words/secrecy.ts'
import { Notice, Page } from '../page.tsx'
import { Section } from '../pieces.tsx'
import type { Visit } from '../visit.ts'

export const FIELD = 'g_'
export const field = (key: string) => `${FIELD}${key}`

export interface Shown {
  visit: Visit
  it: BallotAsItStands
}

export const Frame = ({ visit, it, children }: Shown & { children?: Child }) => (
  <Page
    frame={visit}
    isPlain
    title={plainly(ballotTitle(it))}
    of={t(it.ownerName, it.ownerName)}
    about={labelled(t('截止', 'Closes'), spokenMoment(it.closesAt), ' ')}
  >
    {children}
  </Page>
)

export function Entry({ visit, it, filled }: Shown & { filled: URLSearchParams }) {
  const { say } = visit
  const { subjects } = it.question
  const most = Math.floor(subjects.length / 3)
  return (
    <Frame visit={visit} it={it}>
      <p class="lead">
        {say(
          t(
            '请输入纸条上的投票码，给每位同志评一个等次，看一遍再投出。不用登录，不问姓名。',
            'Enter the code from your slip, give each person a grade, look it over and cast it. No log-in; nobody asks your name.',
          ),
        )}
      </p>
      <form method="post" action={visit.href({})} class="deed vote" autocomplete="off">
        <Hidden visit={visit} deed="look" filled={filled} />
        <Section id="code-part" title={say(t('投票码', 'Your code'))}>
          <div class="field">
            <label for="slip">
              {say(t('纸条上的 12 位字母和数字，大小写都可以', 'The 12 letters and digits of the slip, in capitals or not'))}
            </label>
            <input
              id="slip"
              name="code"
              class="code"
              value={filled.get('code') ?? ''}
              required
              maxlength={30}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              placeholder="ABCD-EFGH-JKLM"
            />
          </div>
        </Section>
        <Section id="marks" title={say(t(`测评（${subjects.length} 人）`, `Grades (${subjects.length})`))}>
          <p class="hint">
            {say(
              t(
                `已经都选好「合格」，只改不同的。优秀最多 ${most} 人。`,
                `All stand at “qualified”: change those who differ. At most ${most} may be excellent.`,
              ),
            )}
          </p>
          {subjects.map(({ key, name }) => (
            <fieldset class="grades">
              <legend>{name}</legend>
              <div>
                {grades.map((grade) => (
                  <label>
                    <input type="radio" name={field(key)} value={grade} checked={(filled.get(field(key)) ?? 'qualified') === grade} />
                    <span>{say(capital(gradeNames[grade]))}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          ))}
        </Section>
        <button type="submit">{say(t('下一步：看一遍', 'Next: look it over'))}</button>
      </form>
      <Secrecy visit={visit} />
    </Frame>
  )
}

function Hidden({ visit, deed, filled }: { visit: Visit; deed: string; filled: URLSearchParams }) {
  return (
    <>
      <input type="hidden" name="token" value={visit.formToken} />
      <input type="hidden" name="deed" value={deed} />
      <input type="hidden" name="visitor" value={filled.get('visitor') || visit.newId()} />
    </>
  )
}

/** Repeats the vote in words before it is cast. The choices travel with the page and are stored nowhere. */
export function Review({ visit, it, filled }: Shown & { filled: URLSearchParams }) {
  const { say } = visit
  const { subjects } = it.question
  const gradeFor = (key: string) => filled.get(field(key)) ?? 'qualified'
  const kept = (deed: string) => (
    <>
      <Hidden visit={visit} deed={deed} filled={filled} />
      <input type="hidden" name="code" value={filled.get('code') ?? ''} />
      {subjects.map(({ key }) => (
        <input type="hidden" name={field(key)} value={gradeFor(key)} />
      ))}
    </>
  )
  return (
    <Frame visit={visit} it={it}>
      <Section id="review" title={say(t('请看一遍', 'Please look it over'))}>
        <dl class="review">
          {grades.map((grade) => {
            const names = subjects.filter(({ key }) => gradeFor(key) === grade).map(({ name }) => name)
            return names.length === 0 ? null : (
              <div>
                <dt>
                  {say(capital(gradeNames[grade]))} {say(t(`${names.length} 人`, `(${names.length})`))}
                </dt>
                <dd>{names.join(visit.language === 'zh' ? '、' : ', ')}</dd>
              </div>
            )
          })}
        </dl>
      </Section>
      <Notice>{say(t('投出后不能更改，也不能撤回。', 'Once cast it cannot be changed or taken back.'))}</Notice>
      <div class="pair">
        <form method="post" action={visit.href({})} class="deed">
          {kept('cast')}
          <button type="submit">{say(t('确认投出', 'Cast it'))}</button>
        </form>
        <form method="post" action={visit.href({})} class="deed plain">
          {kept('change')}
          <button type="submit">{say(t('返回修改', 'Change it'))}</button>
        </form>
      </div>
    </Frame>
  )
}

/** Plain words, on the page itself: a visitor knows nothing of us. */
const Secrecy = ({ visit: { say, db } }: { visit: Visit }) => (
  <details class="secrecy">
    <summary>{say(t('这一票怎样保密？', 'How is this vote kept secret?'))}</summary>
    {secrecyParts(db.gate.wipe !== undefined).map(({ title, says }) => (
      <div>
        <h3>{say(title)}</h3>
        <ul class="steps">
          {says.map((one) => (
            <li>{say(one)}</li>
          ))}
        </ul>
      </div>
    ))}
  </details>
)
