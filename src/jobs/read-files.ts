import { say } from '../../cards/home/say.ts'
import { isConstraint, lookUp, statementOf, together } from '../../db/client.ts'
import type { Message } from '../../db/ledgers/message.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { dropFile, fileWaiting, readingOf, type SentFile, sheetIn, takeUpFile } from '../../db/roster/received-files.ts'
import type { OtherSheet } from '../../db/roster/tables.ts'
import { Refusal, refuse } from '../refusal.ts'
import type { SheetsOf } from '../spreadsheet/read.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { type Text, t } from '../text.ts'
import { type KindOfList, kindsOfList } from './lists/lists.ts'
import { MOST_PEOPLE, type PlanDeps } from './lists/roster-plan.ts'

type Fetched = { what: 'got'; bytes: Uint8Array } | { what: 'too large' | 'wait' | 'unsure' | 'unreachable' | 'refused' | 'moot' }

/** Everything that reading files needs from outside: the way to Feishu comes in here. */
interface ReadFilesDeps extends PlanDeps {
  clock(): Date
  download(messageId: string, fileKey: string): Promise<Fetched>
  /** Reads in place without it. */
  sheetsOf?: SheetsOf
}

const MOST_TRIES = 5

/** Titles, headings and totals come on top of the people. */
const MOST_ROWS = MOST_PEOPLE + 100

/** Fetches and reads the files sent, one after the other. A file cut off is taken up again at a later minute; each is answered once. */
export async function readFiles(deps: ReadFilesDeps): Promise<void> {
  for (;;) {
    const [[waiting]] = await lookUp(deps.db, [fileWaiting(deps.db, deps.clock())])
    if (!waiting) return
    const [[file]] = await together(deps.db, [takeUpFile(deps.db, deps.clock())])
    // Another runner took it up in between.
    if (!file) continue
    await answer(deps, file).catch((error) => {
      // Another runner was quicker, and its answer stands.
      if (!isConstraint(error)) throw error
    })
  }
}

async function answer(deps: ReadFilesDeps, file: SentFile) {
  // A try that was never ended, because the process died in it, counts as well.
  if (file.tries > MOST_TRIES) return tell(deps, file, notRead)
  const fetched = await deps.download(file.messageId, file.fileKey)
  if (fetched.what === 'got') return preview(deps, file, fetched.bytes)
  if (fetched.what === 'too large') return tell(deps, file, tooLarge)
  const isLater = fetched.what === 'wait' || fetched.what === 'unsure'
  if (!isLater || file.tries >= MOST_TRIES) await tell(deps, file, notFetched)
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

/** No request waits for this, so a refusal is said from here. */
async function preview(deps: ReadFilesDeps, file: SentFile, bytes: Uint8Array) {
  const { db } = deps
  try {
    const { kind, sheet, more } = await listIn(deps, bytes, sheetIn(file).sheet)
    const { kept, shown } = await kind.preview(deps, file, { ...sheet, more }, deps.clock())
    await together(db, [kept, statementOf(dropFile(db, file.messageId)), statementOf(reply(deps, file, shown))])
  } catch (error) {
    if (error instanceof Refusal) await tell(deps, file, error.says)
    else if (isConstraint(error) || file.tries < MOST_TRIES) throw error
    else await tell(deps, file, notRead)
  }
}

/** The first visible sheet that is a list of some kind, or the one asked for. The headings decide, as copied sheets keep nothing else. */
async function listIn(
  deps: Pick<ReadFilesDeps, 'sheetsOf'>,
  bytes: Uint8Array,
  asked: number | null,
): Promise<{ kind: KindOfList; sheet: Sheet; more: OtherSheet[] }> {
  const sheetsOf = deps.sheetsOf ?? (await import('../spreadsheet/read.ts')).sheetsOf
  let found: { kind: KindOfList; sheet: Sheet } | undefined
  const more: OtherSheet[] = []
  let at = -1
  for await (const sheet of sheetsOf(bytes, MOST_ROWS)) {
    at++
    const kind = kindsOfList.find(({ isOne }) => isOne(sheet))
    if (!kind) continue
    if (!found && (asked === null || asked === at)) found = { kind, sheet }
    else if (kind.peopleIn) more.push({ at, name: sheet.name ?? '', people: await kind.peopleIn(sheet) })
    if (found && !found.kind.peopleIn) break
  }
  if (found) return { ...found, more: more.filter(({ people }) => people > 0) }
  return refuse('没有找到「姓名」这一列，说「/名单」可以拿到模板。', 'There is no column of names; say “/roster” for a template.')
}

const tell = (deps: ReadFilesDeps, file: SentFile, text: Text) =>
  together(deps.db, [statementOf(dropFile(deps.db, file.messageId)), statementOf(reply(deps, file, say.args(text)))])

const reply = ({ db, clock }: ReadFilesDeps, file: SentFile, shown: Message) =>
  enqueue(db, {
    occasion: `roster ${readingOf(file)}`,
    to: { reply: file.messageId, in: file.chatId },
    ...shown,
    dueAt: clock(),
    lane: 'answer',
  })
