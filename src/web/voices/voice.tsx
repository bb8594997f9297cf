import type { BallotDeps } from '../../../db/ballots/cast.ts'
import { type Db, lookUp } from '../../../db/client.ts'
import { feel } from '../../../db/voices/answer.ts'
import { type Answer, opened, type Voice, voiceByCode } from '../../../db/voices/inbox.ts'
import { hashOfCode } from '../../../db/voices/speak.ts'
import { day } from '../../calendar.ts'
import { Refusal, refuse } from '../../refusal.ts'
import { codeTyped } from '../../rules/ballots/codes.ts'
import { outcomeNames, voiceKindNames } from '../../rules/voices/kinds.ts'
import { stateOfVoice } from '../../rules/voices/state.ts'
import { spokenDay } from '../../spoken.ts'
import { type Text, t } from '../../text.ts'
import { feltSaid, stateSaid } from '../../words/voices/said.ts'
import { Page } from '../page.tsx'
import { Field, Section } from '../pieces.tsx'
import type { Frame } from '../visit.ts'

interface Found {
  it: Voice
  code: string
  words: string
  answers: readonly Answer[]
}

/**
 * The page on which the author of an unsigned voice reads the answer, without Feishu. It knows nobody, and reading writes nothing. The code
 * travels in the form and never in the address.
 */
export async function voicePage(db: Db, box: BallotDeps, frame: Frame, filled: URLSearchParams | null) {
  if (!filled) return <VoicePage frame={frame} />
  try {
    const found = await foundBy(db, box, filled.get('code') ?? '')
    const solved = filled.get('solved')
    if (solved !== '1' && solved !== '0') return <VoicePage frame={frame} found={found} />
    const { isOpenAgain } = await feel(db, found.it, found.answers.at(-1), solved === '1', null, frame.now)
    return <VoicePage frame={frame} found={await foundBy(db, box, found.code)} said={feltSaid(solved === '1', isOpenAgain)} />
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return <VoicePage frame={frame} said={error.says} />
  }
}

async function foundBy(db: Db, box: BallotDeps, typed: string): Promise<Found> {
  const code = codeTyped(typed)
  const [[it]] = code ? await lookUp(db, [voiceByCode(db, hashOfCode(code))]) : [[]]
  if (!code || !it) refuse('没有这个代码，请照记下的再输一次。', 'There is no such code; please enter it as you noted it.')
  return { it, code, ...(await opened(db, await box.sealing.vault(), it)) }
}

const VoicePage = ({ frame, found, said }: { frame: Frame; found?: Found; said?: Text }) => (
  <Page frame={{ ...frame, ...(said ? { notice: said } : {}) }} isPlain title={t('凭代码看答复', 'Read an answer by its code')}>
    {found && <Shown frame={frame} found={found} />}
    <form method="post" class="deed">
      <Field label={frame.say(t('代码', 'The code'))} name="code" required most={20} />
      <button type="submit">{frame.say(t('看答复', 'Read the answer'))}</button>
    </form>
    <p class="hint">{frame.say(t('这里不问是谁，也不留下谁查过。', 'Nobody is asked who they are, and nothing tells who looked.'))}</p>
  </Page>
)

function Shown({ frame, found: { it, code, words, answers } }: { frame: Frame; found: Found }) {
  const isAsked = stateOfVoice({ takenAt: it.takenAt, answers }, frame.now) === 'answered'
  return (
    <Section id="voice" title={`${frame.say(voiceKindNames[it.kind])} · ${frame.say(stateSaid(it, answers, frame.now))}`}>
      <p>{words}</p>
      {answers.map((one) => (
        <p>
          <strong>{frame.say(outcomeNames[one.outcome])}</strong> {frame.say(spokenDay(day(one.at)))}
          <br />
          {one.words}
        </p>
      ))}
      {isAsked && (
        <form method="post" class="deed">
          <input type="hidden" name="code" value={code} />
          <button type="submit" name="solved" value="1">
            {frame.say(t('解决了', 'Solved'))}
          </button>
          <button type="submit" name="solved" value="0">
            {frame.say(t('还没有', 'Not yet'))}
          </button>
        </form>
      )}
    </Section>
  )
}
