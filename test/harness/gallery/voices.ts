import { render } from '../../../src/bot.ts'
import { aSpeakingBranch } from '../../voices/company.ts'
import { type Hung, pages } from './gallery.ts'

/** Everything between somebody who says something and whoever answers it, and the quarter's analysis. */
export async function theVoices(): Promise<Hung[]> {
  const it = await aSpeakingBranch()
  const hung: Hung[] = []
  const keep = (as: string, card: Hung['card'] | undefined | null) => {
    if (!card) throw new Error(`“${as}” has no card`)
    hung.push({ name: as, card })
  }
  const hang = async (name: string, args: Record<string, unknown>, as = name) =>
    keep(as, await render(it.db, name, args, it.now(), pages, it.box))
  await hang('suggest', { branch: 'branch' })
  await hang('suggest', { branch: 'branch', isLookUp: true }, 'suggest, by the code')
  const unsigned = await it.speaks('王芳', { words: '活动室的灯坏了三盏，\n晚上学习看不清。' })
  keep('a voice, received unsigned', unsigned.card)
  keep('a voice, received signed', (await it.speaks('吴勇', { words: '班车能不能早十分钟', kind: 'worry', sign: 'signed' })).card)
  const [first = '', second = ''] = await it.waiting('李华')
  await hang('inbox', { subject: 's', viewer: 'm_李华' })
  await hang('worries', { subject: 's', branch: 'branch', viewer: 'm_李华' }, 'worries, of before')
  keep('a voice, to be answered', (await it.press('李华', { press: 'inbox.take', voice: first })).card)
  await it.answers('李华', first, {
    words: '已经报修，这周换好。',
    theme: 'living',
    published: '活动室换了新灯',
    owner: 'm_周正',
    due: '2026-10-16',
  })
  await it.answers('李华', second, { words: '和车队商量过，下周起早十分钟。', theme: 'living' })
  keep('a voice, read by its code', (await it.looksUp('王芳', unsigned.code)).card)
  const [told] = (await it.outboxRows()).filter(({ view }) => view === 'voiceAnswered')
  await hang('voiceAnswered', JSON.parse(String(told?.args)))
  await hang('adopted', { branch: 'branch' })
  await hang('voiceFacts', { branch: 'branch', quarter: '2026Q4' })
  await it.say('李华', '/会议 谈心谈话会 09:30 三楼')
  await hang('harvest', { subject: 's', gathering: await it.latestGathering(), viewer: 'm_李华' })
  const topic = {
    theme: 'living',
    words: '班车和活动室',
    cause: '作息调整后时间对不上',
    measure: '和车队重排班次',
    owner: 'm_周正',
    due: '2026-10-30',
  }
  await hang('analysis', { subject: 's', branch: 'branch', viewer: 'm_李华' })
  keep('analysis, with a topic', (await it.press('李华', { press: 'analysis.add', branch: 'branch' }, { form: topic })).card)
  return hung
}
