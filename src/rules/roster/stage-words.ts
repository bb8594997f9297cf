import type { Stage } from './names.ts'

/** The stages that some words leave possible: 党员 is a full member or a probationer, 团员 is neither. */
export type Stages = readonly Stage[]

export const inParty: Stages = ['full', 'probationer']
const outside: Stages = ['prospect', 'activist', 'applicant']

const words: [RegExp, Stages][] = [
  [/^(非(中共)?党员|(普通)?群众|.*(共青)?团员|.*共产主义青年团员?|无党派(人士)?|少先队员)$/, outside],
  [
    /^(民革|民盟|民建|民进|农工(民主)?党|致公党|九三(学社)?|台盟|民主党派).*$|^(non-?party|none-?party|league member|the masses|masses)$/,
    outside,
  ],
  [/^.*预备(期|党员)?(党员)?(延长|预备期|延期|延长预备期)*$|^(probationer|probationary( party)?( member)?|on probation)$/, ['probationer']],
  [/^.*正式(党员)?$|^(已|按期|按时)?转正$|^full( party)?( member)?$/, ['full']],
  [/^(重点|党员|中共|入党|已确定)?发展对象$|^(prospect|prospective( party)? member|development target)$/, ['prospect']],
  [/^(重点|入党|建党|中共|党)?(重点|培养)?积极分子$|^(party )?activist$/, ['activist']],
  [/^((中共)?入党)?申请(人|者|入党|入党人|入党人员|人员)$|^(已?递交|已?提交)(入党)?申请书?$|^applicant$/, ['applicant']],
  [/^(?!.*(不是|[非无前脱退]党)).*党员$|^((cpc|ccp|communist|party) )+member$|^member$/, inParty],
]

/** Undefined for an empty cell, null for words that say no stage. */
export function stagesIn(said: string): Stages | undefined | null {
  const text = said
    .toLowerCase()
    .replace(/^\d{1,2}[-.、: ]+/, '')
    .trim()
  if (text === '' || /^(无|-+|—+|\/|n\/?a|none)$/.test(text)) return undefined
  const [, before = '', inside = ''] = /^([^(（【[]*)[(（【[]([^)）】\]]*)/.exec(text) ?? []
  if (inside === '') return stagesOf(text)
  const [outer, inner] = [stagesOf(before.trim()), stagesOf(inside.trim())]
  if (!outer || !inner) return outer ?? null
  const both = outer.filter((stage) => inner.includes(stage))
  return both.length > 0 ? both : null
}

const stagesOf = (text: string): Stages | null => {
  const plain = /\p{Script=Han}/u.test(text) ? text.replace(/\s+/g, '').replace(/^中国共产党(?=.*(党员|正式|预备))/, '') : text
  return words.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}

/** A title over people states their stage: 预备党员花名册. Null where it speaks of stages and leaves open whose. */
export function stagesInTitle(title: string): Stages | undefined | null {
  const text = title.normalize('NFKC').replace(/\s+/g, '')
  const found = new Set(text.match(/正式党员|预备党员|发展对象|积极分子|申请人/g))
  if (found.size === 0) return undefined
  const rest = text.replace(/正式党员|预备党员|发展对象|积极分子|申请人/g, '')
  const isAmongOthers = /(?<=党员|对象|分子|申请人)[和及与、/]|[和及与、/](?=正式|预备|入党|发展|积极|申请)/.test(text)
  const isOpen = found.size > 1 || isAmongOthers || /党员|含|包括|[拟转退]|推[优荐]|公示/.test(rest)
  return isOpen ? null : (stagesIn([...found][0] ?? '') ?? null)
}
