/** Hears of a document while it is read. Names come without their prefix. */
interface Listener {
  open?(name: string, attribute: (name: string) => string | undefined): void
  text?(text: string): void
  close?(name: string): void
}

export class BrokenXml extends Error {
  override name = 'BrokenXml'
}

/** A cell holds 32,767 characters at most. */
const LONGEST_PIECE = 512 * 1024

/** A comment, a CDATA section, an instruction or an element. A document type is none of these: it could define entities that grow. */
const markup = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<([^!?"'>](?:[^"'>]|"[^"]*"|'[^']*')*)>/y

/** Reads XML as it arrives and keeps nothing of it. */
export function xmlReader({ open, text, close }: Listener): (more: string) => void {
  let rest = ''

  function element(inside: string) {
    const [, slash = '', name = ''] = /^(\/?)(?:[^\s/:]*:)?([^\s/]+)/.exec(inside) ?? []
    if (!slash) open?.(name, (wanted) => attributeIn(inside, wanted))
    if (slash || inside.endsWith('/')) close?.(name)
  }

  return (more) => {
    rest += more
    let from = 0
    for (let at = rest.indexOf('<'); at !== -1; at = rest.indexOf('<', from)) {
      markup.lastIndex = at
      const found = markup.exec(rest)
      if (!found) break
      if (at > from) text?.(unescaped(rest.slice(from, at)))
      from = markup.lastIndex
      const [, verbatim, inside] = found
      if (verbatim !== undefined) text?.(verbatim)
      if (inside !== undefined) element(inside)
    }
    rest = rest.slice(from)
    if (rest.length > LONGEST_PIECE || /<!D/i.test(rest.slice(0, 64))) throw new BrokenXml()
  }
}

const patterns = new Map<string, RegExp>()

/** An attribute is found with its prefix or without: `id` finds `r:id`. */
function attributeIn(inside: string, name: string): string | undefined {
  const pattern = patterns.get(name) ?? new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
  patterns.set(name, pattern)
  const [, double, single] = pattern.exec(inside) ?? []
  const value = double ?? single
  return value === undefined ? undefined : unescaped(value)
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescaped = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
        if (name) return named[name.toLowerCase()] ?? whole
        const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      })
    : text
