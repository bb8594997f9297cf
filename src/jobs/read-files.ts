import { say } from '../../cards/home/say.ts'
import { isConstraint, lookUp, statementOf, together } from '../../db/client.ts'
import type { Message } from '../../db/ledgers/message.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { dropFile, fileWaiting, type SentFile, takeUpFile } from '../../db/roster/received-files.ts'
import { Refusal, refuse } from '../refusal.ts'
import { type Text, t } from '../text.ts'
import { type KindOfList, kindsOfList, type Plans } from './lists.ts'
import { MOST_PEOPLE } from './roster-plan.ts'

type Fetched = { what: 'got'; bytes: Uint8Array } | { what: 'too large' | 'wait' | 'unsure' | 'unreachable' | 'refused' | 'moot' }

/** What reading files takes of the world: the way to Feishu comes in here. */
export interface ReadFilesDeps extends Plans {
  clock(): Date
  download(messageId: string, fileKey: string): Promise<Fetched>
}

const MOST_TRIES = 5

/** Titles, headings and totals besides. */
const MOST_ROWS = MOST_PEOPLE + 100

/** Fetches and reads what was sent, one file after the other. What is cut off is taken up again at a later minute; each file is answered once. */
export async function readFiles(world: ReadFilesDeps): Promise<void> {
  for (;;) {
    const [[waiting]] = await lookUp(world.db, [fileWaiting(world.db, world.clock())])
    if (!waiting) return
    const [[file]] = await together(world.db, [takeUpFile(world.db, world.clock())])
    // Another runner took it up in between.
    if (!file) continue
    await answer(world, file).catch((error) => {
      // Another runner was quicker, and its answer stands.
      if (!isConstraint(error)) throw error
    })
  }
}

async function answer(world: ReadFilesDeps, file: SentFile) {
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
async function preview(world: ReadFilesDeps, file: SentFile, bytes: Uint8Array) {
  const { db } = world
  try {
    const { kind, sheet } = await listIn(bytes)
    const { kept, shown } = await kind.preview(world, file, sheet, world.clock())
    await together(db, [kept, statementOf(dropFile(db, file.messageId)), statementOf(reply(world, file, shown))])
  } catch (error) {
    if (error instanceof Refusal) await tell(world, file, error.says)
    else if (isConstraint(error) || file.tries < MOST_TRIES) throw error
    else await tell(world, file, notRead)
  }
}

/** The first visible sheet that is a list of some kind: by its headings, as copied sheets keep nothing else. */
async function listIn(bytes: Uint8Array): Promise<{ kind: KindOfList; sheet: Parameters<KindOfList['isOne']>[0] }> {
  const { sheetsOf } = await import('../spreadsheet/read.ts')
  for await (const sheet of sheetsOf(bytes, MOST_ROWS)) {
    const kind = kindsOfList.find(({ isOne }) => isOne(sheet))
    if (kind) return { kind, sheet }
  }
  return refuse('没有找到「姓名」这一列，说「/名单」可以拿到模板。', 'There is no column of names; say “/roster” for a template.')
}

const tell = (world: ReadFilesDeps, file: SentFile, text: Text) =>
  together(world.db, [statementOf(dropFile(world.db, file.messageId)), statementOf(reply(world, file, say.args(text)))])

const reply = ({ db, clock }: ReadFilesDeps, { messageId, chatId }: SentFile, shown: Message) =>
  enqueue(db, { occasion: `roster ${messageId}`, to: { reply: messageId, in: chatId }, ...shown, dueAt: clock(), lane: 'answer' })
