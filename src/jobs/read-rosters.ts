import { rosterPreview } from '../../cards/roster.ts'
import { say } from '../../cards/say.ts'
import { isConstraint, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/outbox.ts'
import { keepDraft } from '../../db/roster-drafts.ts'
import { dropFile, type RosterFile, takeUpFile } from '../../db/roster-files.ts'
import { Refusal } from '../refusal.ts'
import { type Text, t } from '../text.ts'
import { type Plans, planFor } from './roster-plan.ts'

type Fetched = { what: 'got'; bytes: Uint8Array } | { what: 'too large' | 'wait' | 'unsure' | 'unreachable' | 'refused' | 'moot' }

/** What reading lists takes of the world: the way to Feishu comes in here. */
export interface Reading extends Plans {
  clock(): Date
  download(messageId: string, fileKey: string): Promise<Fetched>
}

const MOST_TRIES = 5

/** Fetches and reads what was sent, one file after the other. What is cut off is taken up again at a later minute; each file is answered once. */
export async function readRosters(world: Reading): Promise<void> {
  for (;;) {
    const [[file]] = await together(world.db, [takeUpFile(world.db, world.clock())])
    if (!file) return
    await answer(world, file).catch((error) => {
      // Another runner was quicker, and its answer stands.
      if (!isConstraint(error)) throw error
    })
  }
}

async function answer(world: Reading, file: RosterFile) {
  const fetched = await world.download(file.messageId, file.fileKey)
  if (fetched.what === 'got') return preview(world, file, fetched.bytes)
  if (fetched.what === 'too large') return tell(world, file, tooLarge)
  const isLater = fetched.what === 'wait' || fetched.what === 'unsure'
  if (!isLater || file.tries >= MOST_TRIES) await tell(world, file, notFetched)
}

const tooLarge = t(
  '文件太大，超过 8 MB，没有读取；请只保留名单那几列再发。',
  'The file is larger than 8 MB and was not read; please keep only the roster’s columns.',
)
const notFetched = t(
  '没能取到这个文件（可能已撤回，或应用缺少读取文件的权限），请再发一次。',
  'The file could not be fetched (recalled, or the app may not read files); please send it again.',
)
const notRead = t('这个文件没能读出来，请另存为 .xlsx 再发。', 'This file could not be read; please save it as .xlsx again and resend it.')

/** No request waits for this, so what is refused is said from here. */
async function preview(world: Reading, file: RosterFile, bytes: Uint8Array) {
  const { db, clock, newId } = world
  try {
    const { tally, ...rows } = await planFor(world, file, bytes)
    const { messageId, branch, by } = file
    const id = newId()
    const kept = keepDraft(db, { id, file: messageId, branch, by, madeAt: clock(), tally, rows })
    await together(db, [kept, dropFile(db, messageId), reply(world, file, rosterPreview.args({ subject: id }))])
  } catch (error) {
    if (error instanceof Refusal) await tell(world, file, error.says)
    else if (isConstraint(error) || file.tries < MOST_TRIES) throw error
    else await tell(world, file, notRead)
  }
}

const tell = (world: Reading, file: RosterFile, text: Text) =>
  together(world.db, [statementOf(dropFile(world.db, file.messageId)), statementOf(reply(world, file, say.args(text)))])

const reply = ({ db, clock }: Reading, { messageId, chatId }: RosterFile, shown: { view: string; args: Record<string, unknown> }) =>
  enqueue(db, { occasion: `roster ${messageId}`, to: { reply: messageId, in: chatId }, ...shown, dueAt: clock(), lane: 'answer' })
