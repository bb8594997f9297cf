import { type Text, t } from '../../text.ts'
import { wordsFrom } from '../talks/words.ts'

export const LONGEST_VOICE = 500
export const LONGEST_ANSWER = 500
export const LONGEST_PUBLISHED = 60
export const MOST_HARVESTED = 10

const LINKS = /!?\[([^\]\n]*)\]\([^)\n]*\)|(?:https?|ftp):\/\/\S+|\bwww\.\S+/giu

/** Words as they were typed. Links are taken out, because they lead to places that no vault guards, and the author is told. */
export function voiceFrom(typed: string, most = LONGEST_VOICE): { words: string; hadLinks: boolean } | { wrong: Text } {
  const without = typed.replace(LINKS, '$1')
  const said = wordsFrom(without, most)
  if ('wrong' in said) return without.trim() === '' && typed.trim() !== '' ? { wrong: onlyLinks } : said
  return { words: said.words, hadLinks: without !== typed }
}

const onlyLinks = t('只有链接，没有文字；链接不收，请用文字写。', 'There is only a link, which is not taken; please write words.')

/** The lines that a host noted of a talk gathering, without their numbers. */
export function harvestFrom(typed: string): { lines: string[] } | { wrong: Text } {
  const lines = typed
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\d{1,2}[.、)）]|[-·•])\s*/u, '').trim())
    .filter((line) => line !== '')
  if (lines.length === 0) return { wrong: t('还没有写字。', 'There are no words yet.') }
  if (lines.length > MOST_HARVESTED)
    return {
      wrong: t(
        `写了 ${lines.length} 条，一次最多 ${MOST_HARVESTED} 条，没有保存。`,
        `That is ${lines.length} lines, of ${MOST_HARVESTED} at most; nothing was saved.`,
      ),
    }
  const kept: string[] = []
  for (const line of lines) {
    const said = voiceFrom(line)
    if ('wrong' in said) return said
    kept.push(said.words)
  }
  return { lines: [...new Set(kept)] }
}
