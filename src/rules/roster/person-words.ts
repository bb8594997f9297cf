import { textOf } from './cell-words.ts'
import { seatsIn } from './seat-words.ts'
import { type Stages, stagesIn } from './stage-words.ts'

export const LONGEST_NAME = 30

/** Names of two characters are often spread to the width of three. */
export const nameIn = (text: string) => textOf(text).replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
export const isName = (name: string) => [...name].length <= LONGEST_NAME && /^\p{L}[\p{L}\p{M}·•・.’' -]*$/u.test(name)

/** The words in brackets behind a name. */
export interface Note {
  stages?: Stages
  seats?: string
  isAway?: true
}

const ignorable =
  /^(男|女|\p{Script=Han}{1,4}族|汉|回|满|蒙|藏|壮|苗|维|大|小|少数民族|在职|退休|离退休|离休|返聘|教师|学生|教工|本科|硕士|博士|研究生|本|硕|博|\d{2,4}级|新|male|female)$/u

/** Takes off a number in front, a mark, and a word in brackets: 1.王芳（女）. A word that nobody knows makes it no name. */
export function partsOf(written: string): { name: string; note: Note } {
  const text = written
    .replace(/^\d{1,4}\s*[.、,)]\s*/, '')
    .replace(/[*★☆△▲●]+$/, '')
    .trim()
  const [, name, inside = ''] = /^([^(（[【]+?)\s*[(（[【]([^)）\]】]*)[)）\]】]$/.exec(text) ?? []
  if (name === undefined) return { name: text, note: {} }
  const note: Note = {}
  for (const word of inside.split(/[,，、;； ]+/).map((one) => one.trim())) {
    const stages = stagesIn(word)
    if (word === '' || ignorable.test(word)) continue
    if (/^(外出|流动|流动党员|不在位)$/.test(word)) note.isAway = true
    else if (stages) note.stages = stages
    else if (seatsIn(word)?.roles.length) note.seats = word
    else return { name: text, note: {} }
  }
  return { name, note }
}
