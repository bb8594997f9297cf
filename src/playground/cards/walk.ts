export type Fields = Record<string, unknown>
export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

export const objectsIn = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** An element of a card: its path, the form around it, and how many components enclose it. */
export interface Placed {
  element: Fields
  tag: string
  path: string
  parent: Fields | null
  form: Fields | null
  depth: number
}

/** Returns every component under `body.elements` in reading order. Texts and icons inside components are not components. */
export function components(card: unknown): Placed[] {
  const body = isObject(card) && isObject(card.body) ? card.body : {}
  return within(body, 'body', null, null, 1)
}

function within(holder: Fields, path: string, parent: Fields | null, form: Fields | null, depth: number): Placed[] {
  const area = isObject(holder.button_area) ? objectsIn(holder.button_area.buttons) : []
  const held = { elements: holder.elements, columns: holder.tag === 'column_set' ? holder.columns : [], 'button_area.buttons': area }
  return Object.entries(held).flatMap(([key, elements]) =>
    objectsIn(elements).flatMap((element, index): Placed[] => {
      const here = `${path}.${key}[${index}]`
      const inner = element.tag === 'form' ? element : form
      // A column adds no depth: the platform's own samples nest deeper than five with columns.
      const placed = { element, tag: String(element.tag), path: here, parent, form, depth }
      return [placed, ...within(element, here, element, inner, element.tag === 'column' ? depth : depth + 1)]
    }),
  )
}
