import type { Townsman } from '../../harness/town.ts'
import { press, type Stage, says } from '../stage.ts'

const isOfHome = ({ branch }: Townsman) => branch === 'home'
const hasBranch = ({ branch }: Townsman) => branch !== null
const CODE = 'AAAA-BBBB-CCCC'

const raises =
  (kind = 'suggestion', more: object = {}) =>
  async (stage: Stage) => {
    const form = { words: '活动室的灯坏了', kind, sign: 'unsigned', ...more }
    await stage.deed('member', 'suggest.submit', { branch: 'home', code: CODE }, form)
    return { voice: String((await stage.client.execute('select id from voices')).rows[0]?.id) }
  }
const raised = raises()

const answered = async (stage: Stage, sign: 'signed' | 'unsigned') => {
  const { voice } = await raises('suggestion', { sign })(stage)
  await stage.deed('secretary', 'inbox.answer', { voice, nth: 1 }, { outcome: 'adopted', words: '换好了' })
  return { voice }
}

const talkedTogether = async (stage: Stage) => {
  const gathering = stage.newId()
  await stage.deed('secretary', 'call.submit', { branch: 'home', gathering }, { kind: 'talkGathering', starts: '2026-10-08 09:15 +0800' })
  stage.at('2026-10-08', '10:00')
  await stage.deed('secretary', 'host.close', { gathering })
  return { gathering }
}

const topic = { theme: 'safety', words: '路灯少' }
const written = async (stage: Stage) => {
  await stage.deed('secretary', 'analysis.add', { branch: 'home' }, topic)
  return {}
}
const calledToo = async (stage: Stage) => {
  await stage.deed(
    'secretary',
    'call.submit',
    { branch: 'home', gathering: stage.newId() },
    { kind: 'committee', starts: '2026-10-09 15:00 +0800' },
  )
  return written(stage)
}

export const voices = [
  says('suggest', 'speakUp', '/建议', { view: 'suggest', at: 'own unit', if: hasBranch }),
  says('voices', 'mine', '/反映', { view: 'inbox', at: 'own unit' }),
  says('analysis', 'analyseOpinion', '/思想分析', { view: 'analysis', if: isOfHome }),
  press('suggest.open', 'speakUp', { view: 'suggest', at: 'own unit', if: hasBranch }),
  press('suggest.code', 'speakUp', { card: '代码', sends: { about: 'voices' }, at: 'own unit', if: hasBranch }),
  press('suggest.submit', 'speakUp', {
    deed: 'voice.raise',
    sends: { branch: 'home', code: CODE },
    form: { words: '活动室的灯坏了', kind: 'suggestion', sign: 'signed' },
    at: 'unit',
    if: isOfHome,
  }),
  press('suggest.look', 'speakUp', { card: '灯坏了', given: raised, sends: { about: 'voices' }, form: { code: CODE }, at: 'unit' }),
  press('suggest.feel', 'speakUp', {
    card: '已办结',
    given: (stage) => answered(stage, 'unsigned'),
    sends: { code: CODE, solved: true },
    at: 'unit',
  }),
  press('voiceAnswered.feel', 'speakUp', {
    deed: 'voice.feel',
    given: (stage) => answered(stage, 'signed'),
    sends: { solved: true },
    at: 'unit',
    if: ({ name }) => name === 'member',
  }),
  press('inbox.open', 'mine', { view: 'inbox', sends: { about: 'voices' }, at: 'own unit' }),
  press('inbox.back', 'mine', { card: '等你答复', sends: { about: 'voices' }, at: 'own unit' }),
  press('inbox.read', 'answerVoices', { deed: 'voice.read', given: raised }),
  press('inbox.read', 'answerUpperVoices', { deed: 'voice.read', given: raises('observation', { meant: 'm secretary' }) }),
  press('inbox.read', 'answerToolVoices', { deed: 'voice.read', given: raises('tool') }),
  press('inbox.take', 'answerVoices', { deed: 'voice.take', given: raised }),
  press('inbox.hand', 'answerVoices', {
    deed: 'voice.hand',
    given: raised,
    form: { to: 'm organisation' },
    if: ({ name }) => name !== 'organisation',
  }),
  press('inbox.leaveToUpper', 'answerVoices', { deed: 'voice.leaveToUpper', given: raised }),
  press('inbox.answer', 'answerVoices', {
    deed: 'voice.answer',
    given: raised,
    sends: { nth: 1 },
    form: { outcome: 'adopted', words: '换好了' },
  }),
  press('harvest.open', 'closeGathering', { view: 'harvest', given: talkedTogether }),
  press('harvest.save', 'closeGathering', { deed: 'voice.harvest', given: talkedTogether, form: { lines: '灯坏了\n水凉' } }),
  press('worries.open', 'mine', { view: 'inbox', sends: { branch: 'home' }, at: 'own unit' }),
  press('worries.settle', 'mine', { card: '等你答复', sends: { branch: 'home', worry: 'old' }, at: 'own unit' }),
  press('analysis.add', 'analyseOpinion', { deed: 'analysis.add', sends: { branch: 'home' }, form: topic }),
  press('analysis.drop', 'analyseOpinion', { deed: 'analysis.drop', given: written, sends: { branch: 'home', nth: 1 } }),
  press('analysis.list', 'analyseOpinion', { deed: 'analysis.list', given: calledToo, sends: { branch: 'home' } }),
]
