import { reopenForm } from '../cards/gatherings/corrections.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../src/context.ts'
import { t } from '../src/text.ts'

export const reopenFor = command({
  name: 'reopen',
  zh: '重开',
  part: 'branch',
  also: ['重开考勤', '补考勤'],
  summary: t('说明理由，重新打开已锁定的考勤和会议记录', 'Reopen a meeting’s locked attendance and minutes, with a reason'),
  usage: t('/重开', '/reopen'),
  rights: ['reopenAttendance'],
  async answer(ctx) {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'reopenAttendance', placeOf(branch))
    return reopenForm.args({ branch: branch.id })
  },
})
