import type { Press } from '../src/press.ts'
import type { FileView, View } from '../src/view.ts'
import { submitBind, welcome } from './bind.ts'
import { callForm, submitCall } from './call.ts'
import { cancel, corrections, openCorrections, reopen, reopenForm, unmark } from './corrections.ts'
import { digest, openForm } from './digest.ts'
import { checkInPress, gathering } from './gathering.ts'
import { help } from './help.ts'
import { close, confirm, host, mark } from './host.ts'
import { ask, openLeave, slip, withdraw } from './leave.ts'
import { mine } from './mine.ts'
import { order } from './order.ts'
import { reminder } from './reminder.ts'
import { codeForm, enterCode, showCode } from './room-code.ts'
import { importList, rosterGuide, rosterPreview, rosterTemplate } from './roster.ts'
import { say } from './say.ts'
import { score } from './score.ts'
import { undelivered } from './undelivered.ts'

/** Every card that is sent by name. */
export const views: readonly View[] = [
  say,
  help,
  welcome,
  callForm,
  gathering,
  host,
  slip,
  codeForm,
  corrections,
  reopenForm,
  reminder,
  mine,
  digest,
  score,
  order,
  rosterGuide,
  rosterPreview,
  undelivered,
]

/** Every file that is sent by name. */
export const files: readonly FileView[] = [rosterTemplate]

/** Every button that can be pressed. */
export const presses: readonly Press<never>[] = [
  checkInPress,
  enterCode,
  mark,
  close,
  confirm,
  showCode,
  openLeave,
  ask,
  withdraw,
  openCorrections,
  cancel,
  unmark,
  reopen,
  submitCall,
  submitBind,
  openForm,
  importList,
]
