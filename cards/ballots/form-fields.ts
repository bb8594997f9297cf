import { type Element, lines } from '../../src/card.ts'
import { fittingOptions, input, pickDateTime, select, selectSeveral } from '../../src/form.ts'
import { type ElectorateKind, electorateKinds } from '../../src/rules/ballots/electorate.ts'
import { type FormUse, LONGEST_TITLE } from '../../src/rules/ballots/form.ts'
import { mustBeSecret } from '../../src/rules/ballots/uses.ts'
import { capital, type Text, t } from '../../src/text.ts'
import { electorateNames } from '../../src/words/electorate.ts'

export type Person = { id: string; name: string }

/** A card holds 30 KB. */
const PEOPLE_BYTES = 8_000

/** The purpose of each use, read before it is chosen. */
export const useSaid: Readonly<Record<FormUse, Text>> = {
  resolution: t('一件事，赞成、不赞成或弃权，结果公布。', 'One matter: for, against or abstained; the result is announced.'),
  award: t('从候选里推荐若干人或若干项。', 'So many are recommended from a list of candidates.'),
  pulse: t('对一个或几个问题打满意度，无记名。', 'How satisfied people are with one thing or several, in secret.'),
  review: t('给每个项目打分（0–100），去掉最高最低取平均。', 'Each project gets 0 to 100; the highest and lowest are dropped.'),
}

const titles: Readonly<Record<FormUse, Text>> = {
  resolution: t('表决什么', 'What is resolved'),
  award: t('推荐什么', 'What is awarded'),
  pulse: t('测评什么', 'What is asked about'),
  review: t('评审什么', 'What is reviewed'),
}

const subjects: Readonly<Partial<Record<FormUse, Text>>> = {
  award: t('候选，一行一个', 'Candidates, one a line'),
  pulse: t('几个问题，一行一个（只有一个就不填）', 'Questions, one a line (none if the title is the question)'),
  review: t('项目，一行一个', 'Projects, one a line'),
}

const whoseNames: Readonly<Record<ElectorateKind, Text>> = {
  all: capital(electorateNames.all),
  committee: capital(electorateNames.committee),
  chosen: t('下面选出的人', 'Those chosen below'),
}

/** A select with a value hides its placeholder, so the label stands above it. */
const label = (text: Text) => lines(text)

/** The fields that a use needs, and no other. */
export function fieldsOf(use: FormUse, isOfBranch: boolean, people: readonly Person[], title: string, closes: string): Element[] {
  const listed = subjects[use]
  return [
    input('title', titles[use], { value: title, required: true, most: LONGEST_TITLE }),
    ...(listed ? [input('subjects', listed, { rows: 4, most: 1000, hint: t('一行一个', 'One a line') })] : []),
    ...(use === 'award'
      ? [input('most', t('最多选几个（不填为 1）', 'How many may be chosen (1 if empty)'), { most: 2, hint: howMany })]
      : []),
    ...(mustBeSecret(use) ? [] : secrecyFields),
    ...(isOfBranch ? whoFields(people) : []),
    label(t('截止时间', 'Closes')),
    pickDateTime('closes', t('截止时间', 'Closes'), { chosen: closes, required: true }),
  ]
}

const howMany = t('个数', 'How many')

const secrecyFields: readonly Element[] = [
  label(t('记名还是无记名', 'Secret or named')),
  select(
    'secrecy',
    t('请选择', 'Please choose'),
    [
      { label: t('无记名', 'Secret'), value: 'secret' },
      { label: t('记名', 'Named'), value: 'named' },
    ],
    { chosen: 'secret' },
  ),
]

function whoFields(people: readonly Person[]): Element[] {
  const options = fittingOptions(
    people.map(({ id, name }) => ({ label: t(name, name), value: id })),
    PEOPLE_BYTES,
  )
  const whose = electorateKinds.map((one) => ({ label: whoseNames[one], value: one }))
  return [
    label(t('谁来投', 'Who votes')),
    select('whose', t('请选择', 'Please choose'), whose, { chosen: 'all' }),
    ...(options.length > 0
      ? [selectSeveral('people', t('上面选了「下面选出的人」时，选出他们', 'Those people, if it is those chosen below'), options)]
      : []),
  ]
}

/** The rules that bind whoever opens a ballot of this use. */
export const noteOn = (use: FormUse): Text =>
  mustBeSecret(use)
    ? t(
        '民意测评必须无记名，至少 3 人投，选人来投至少 5 人。一经有人投票，题目就不能再改；名单只能加，不能减。',
        'A pulse is always secret: at least 3 voters, and 5 where they are chosen. Once somebody has voted the question stands; the list only grows.',
      )
    : t(
        '无记名投票至少 3 人，选人来投至少 5 人；选出的人投的只是意见，不是决议。一经有人投票，题目就不能再改；名单只能加，不能减。',
        'A secret ballot takes at least 3 voters, and 5 where they are chosen; chosen people give an opinion and decide nothing. Once somebody has voted the question stands; the list only grows.',
      )
