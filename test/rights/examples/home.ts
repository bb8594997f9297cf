import { claimHash } from '../../../commands/claim.ts'
import { together } from '../../../db/client.ts'
import { keepClaimCode } from '../../../db/roster/claim-codes.ts'
import { press, says } from '../stage.ts'

export const home = [
  says('help', 'help', '帮助', { view: 'help' }),
  press('command.run', 'help', {
    view: 'help',
    sends: (stage) => ({ command: 'help', rest: '', isGroup: true, offer: stage.newId() }),
  }),
  says('claim', 'claim', '/认领 ABCD-EFGH', {
    deed: 'unit.claim',
    async given({ db, now }) {
      await together(db, [keepClaimCode(db, claimHash('ABCD-EFGH'), now())])
      return {}
    },
    if: ({ seats }) => !seats.some(({ role }) => role === 'admin'),
  }),
  says('mine', 'mine', '我的', { view: 'mine', at: 'own unit' }),
  says('todo', 'seeScore', '待办', { view: 'todo' }),
  says('todo', 'mine', '待办', { view: 'mine', at: 'own unit', chat: 'oc_first' }),
]
