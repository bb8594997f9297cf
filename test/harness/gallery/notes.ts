import { aBranchWithContact } from '../../talks/company.ts'
import { textOf } from '../branch.ts'
import type { Hung } from './gallery.ts'

/** The words that the two of a talk keep, and what they let others see. */
export async function theNotes(): Promise<Hung[]> {
  const hung: Hung[] = []
  const keep = (as: string, card: Hung['card'] | undefined | null) => {
    if (!card) throw new Error(`“${as}” has no card`)
    hung.push({ name: as, card })
  }
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  keep('a note, to be written', (await it.opens('吴勇', talk)).card)
  keep('a note', (await it.writes('吴勇', talk, '家里老人住院，\n下周再问问。', 'both')).card)
  keep('a note, the other has one', (await it.opens('王芳', talk)).card)
  keep('a shared note', (await it.press('王芳', { press: 'note.read', talk })).card)
  keep('an opinion, to be filed', (await it.press('吴勇', { press: 'opinion.open', talk })).card)
  const opinion = '思想上积极要求进步，主动汇报了思想，工作中肯吃苦。'
  keep('an opinion', (await it.files('吴勇', talk, opinion)).card)
  keep('an opinion like another', (await it.files('李华', await it.talked('李华', '张伟'), opinion)).card)
  const list = (await it.press('李华', { press: 'opinions.open', branch: 'branch' })).card
  keep('opinions of a branch', list)
  const filed = String((await it.store.client.execute('select id from opinions')).rows[0]?.id)
  keep('an opinion that is read', (await it.press('李华', { press: 'opinions.read', opinion: filed })).card)
  keep('a worry, to be written', (await it.press('吴勇', { press: 'worry.open', talk })).card)
  keep('a worry that waits', (await it.press('吴勇', { press: 'worry.ask', talk }, { form: { worry: '食堂晚上关得太早' } })).card)
  const asked = await it.shown('worryAsked', { subject: 's', talk, member: 'm_王芳' })
  if (!textOf(asked.card ?? expectCard()).includes('食堂')) throw new Error('the words are not on the card')
  keep('worryAsked', asked.card)
  const version = it.now().getTime()
  keep('a worry, raised', (await it.press('王芳', { press: 'worryAsked.answer', talk, version, answer: 'signed' })).card)
  keep('a worry, as it is answered', (await it.raised('李华')).card)
  return hung
}

function expectCard(): never {
  throw new Error('worryAsked has no card')
}
