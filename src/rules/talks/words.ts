import { type Text, t } from '../../text.ts'

export const LONGEST_NOTE = 1_000
export const LONGEST_OPINION = 200
export const LONGEST_WORRY = 120

const isLink = /(?:https?|ftp):\/\/|\bwww\.\S|!\[/i

/**
 * Words that are kept sealed, as they were typed. Too many are refused and never cut, since nobody else could tell what was lost. Links and
 * images are not taken: they would lead to places that no vault guards.
 */
export function wordsFrom(typed: string, most: number): { words: string } | { wrong: Text } {
  const words = typed
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .trim()
  const count = [...words].length
  if (count === 0) return { wrong: t('还没有写字。', 'There are no words yet.') }
  if (count > most)
    return {
      wrong: t(
        `写了 ${count} 个字，最多 ${most} 个，没有保存；请删短一些。`,
        `That is ${count} characters, of ${most} at most; nothing was saved. Please make it shorter.`,
      ),
    }
  if (isLink.test(words))
    return {
      wrong: t('不收链接和图片，没有保存；请写成文字。', 'Links and images are not taken, and nothing was saved; please write words.'),
    }
  return { words }
}
