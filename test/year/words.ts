/** A card as its reader sees it: one line an element, buttons in brackets, tables by rows. */
export function wordsOf(content: unknown, language: 'zh' | 'en'): string {
  const key = language === 'zh' ? 'zh_cn' : 'en_us'
  const said: string[] = []
  const spoken = (text: unknown): string => {
    if (typeof text === 'string') return text
    if (!text || typeof text !== 'object') return ''
    const { content: plain, i18n_content: both } = text as { content?: string; i18n_content?: Record<string, string> }
    return both?.[key] ?? plain ?? ''
  }
  function walk(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) walk(one)
    if (!value || typeof value !== 'object' || Array.isArray(value)) return
    const element = value as Record<string, unknown>
    if (element.tag === 'button') {
      said.push(`[${spoken(element.text)}]`)
      return
    }
    if (element.tag === 'table') {
      const columns = element.columns as { name: string; display_name?: unknown; i18n_display_name?: Record<string, string> }[]
      said.push(columns.map((one) => one.i18n_display_name?.[key] ?? spoken(one.display_name)).join(' | '))
      for (const row of element.rows as Record<string, unknown>[])
        said.push(columns.map(({ name }) => spokenCell(row[name], spoken)).join(' | '))
      return
    }
    if (element.tag === 'chart') {
      said.push('(chart)')
      return
    }
    if (element.tag === 'plain_text' || element.tag === 'markdown' || element.tag === 'lark_md') said.push(spoken(element))
    if (typeof element.placeholder === 'object') said.push(`<${spoken(element.placeholder)}${optionsOf(element, spoken)}>`)
    for (const [name, held] of Object.entries(element)) if (!['placeholder', 'options', 'text_tag_list'].includes(name)) walk(held)
  }
  walk((content as { header?: unknown }).header)
  walk((content as { body?: unknown }).body)
  return said.filter(Boolean).join('\n')
}

const spokenCell = (cell: unknown, spoken: (text: unknown) => string) =>
  typeof cell === 'number'
    ? String(cell)
    : Array.isArray(cell)
      ? cell.map((one) => spoken((one as { text?: unknown }).text ?? one)).join(',')
      : spoken(cell)

function optionsOf({ options }: Record<string, unknown>, spoken: (text: unknown) => string): string {
  if (!Array.isArray(options)) return ''
  return `: ${options.map((one) => spoken((one as { text: unknown }).text)).join(' / ')}`
}
