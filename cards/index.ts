import type { Press } from '../src/press.ts'
import type { View } from '../src/view.ts'
import { submitBind, welcome } from './bind.ts'
import { callForm, submitCall } from './call.ts'
import { digest, openForm } from './digest.ts'
import { checkInPress, gathering } from './gathering.ts'
import { help } from './help.ts'
import { close, host, mark } from './host.ts'
import { mine } from './mine.ts'
import { order } from './order.ts'
import { say } from './say.ts'
import { score } from './score.ts'
import { undelivered } from './undelivered.ts'

/** Every card that is sent by name. */
export const views: readonly View[] = [say, help, welcome, callForm, gathering, host, mine, digest, score, order, undelivered]

/** Every button that can be pressed. */
export const presses: readonly Press<never>[] = [checkInPress, mark, close, submitCall, submitBind, openForm]
