import { writeTable } from './write.ts'

const words = {
  zh: {
    name: '投票码',
    title: '投票码',
    hint: '裁开发放，一人一个；只能用一次，不记谁拿了哪个',
    code: '投票码',
    page: '投票网址',
    what: '投票',
  },
  en: {
    name: 'codes',
    title: 'Codes',
    hint: 'To be cut apart, one a person; each counts once, and nobody notes who got which',
    code: 'Code',
    page: 'Where to vote',
    what: 'Ballot',
  },
}

/** Each row is a slip, to be printed and cut apart. Their order says nothing. */
export function codeSheet(language: 'zh' | 'en', title: string, page: string, codes: readonly string[]): Promise<Uint8Array> {
  const said = words[language]
  return writeTable({
    name: said.name,
    title: said.title,
    hint: said.hint,
    columns: [
      { heading: said.code, width: 20 },
      { heading: said.what, width: 28 },
      { heading: said.page, width: 80 },
    ],
    rows: codes.map((code) => [code, title, page]),
  })
}
