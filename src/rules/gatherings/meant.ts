import { day } from '../../calendar.ts'
import { readWhen } from '../time/when.ts'
import { agendaSaid } from './agenda-said.ts'
import { gatheringKinds, kindOf, namesKindInFull } from './gatherings.ts'
import { isPlainPlace, noticeSaid, placeSaid } from './notice.ts'

/** The deed that a sentence without a command word asks for; `rest` is the part that says which, when and where. */
export interface MeetingMeant {
  does: 'call' | 'change' | 'cancel'
  rest: string
}

/** Negations, questions, the past and leave: whoever says them calls nothing. */
const NO_CALL =
  /[不没别吗么呢?？每]|加.{0,3}议[题程]|隔(?:一|两)?[周天月]|取消|请假|[开过完]了|开过|开得|昨[天晚日]|上[周个次]|刚才?|怎么|为什么|谁|什么|多少|几[点号时]|(?<![a-z])(?:not|don'?t|didn'?t|won'?t|can'?t|never|cancel(?:led)?|was|were|went|had|did|yesterday|who|what|when|why|how|leave|every|each|weekly|monthly|no|off|instead|later|earlier)(?![a-z])/iu
const BARE_CALL =
  /^(?:我们?|咱们)?(?:想|要|想要|准备|打算)?(?:开(?:一?个|一次)?会|召集(?:一?个|一次)?(?:会|会议)|召开(?:一?个|一次)?会议?|定(?:一?个|一次)?会)[。!！]?$|^(?:i (?:want|need|would like) to |i'd like to |please |let'?s )?(?:call|hold|have|schedule|set up|arrange) (?:a|the|our) meeting[.!]?$/iu
const SOME_MEETING =
  /(?:召?开(?:一?个|一次)?|召集(?:一?个|一次)?|举行)会议?(?![室厅场])|(?<![a-z])(?:call|hold|have|schedule|set up|arrange) (?:a|the|our) meeting(?![a-z])/iu
const CHANGE =
  /^(?:请|麻烦)?(?:把|将)?(?<which>.{0,14}?)(?:的?(?:时间|日期))?(?:改|推迟|提前|延|延期|延后|挪|调整?|移|换)(?:到|至|为|成|在)\s*(?<to>.+)$|^(?:please )?(?:move|postpone|reschedule|put off) (?:the |our )?(?<whichEn>[a-z' ]{0,24}?)(?: meeting)? ?to (?<toEn>.+)$/iu
const CANCEL =
  /^(?:请|麻烦)?取消(?:掉)?(?<which>.{0,20}(?:会|会议|党课|党日|学习))[。!！]?$|^(?<which2>.{0,16}(?:会|会议|党课|党日))(?:取消|不开了)(?:了|吧)?[。!！]?$|^(?:please )?call (?:the |our )?(?<which4>[a-z0-9' ]{0,30}(?:meeting|lecture|theme day)) off[.!]?$|^(?:please )?(?:cancel|call off) (?:the |our )?(?<which3>[a-z0-9' ]{0,30}(?:meeting|lecture|theme day))[.!]?$/iu

/**
 * 周五下午三点开支委会 means the form, filled in. Nothing may be left unread but a plain place: 我明天下午要去开家长会 and 周五的支委会开得很好 mean no call.
 */
export function meetingMeant(line: string, now: Date): MeetingMeant | null {
  const said = line.replace(/\s+/gu, ' ').trim()
  return (
    cancelMeant(said) ??
    changeMeant(said, now) ??
    (meansCall(agendaSaid(line).before.replace(/\s+/gu, ' ').trim(), now) ? { does: 'call', rest: bareCall(line) } : null)
  )
}

const bareCall = (line: string) => (BARE_CALL.test(line.trim()) ? '' : line.replace(SOME_MEETING, ' ').replace(PLANS, ' '))

function cancelMeant(said: string): MeetingMeant | null {
  const found = CANCEL.exec(said)?.groups
  const which = found?.which ?? found?.which2 ?? found?.which3 ?? found?.which4
  return which !== undefined && !/[不没别]/u.test(which) ? { does: 'cancel', rest: which } : null
}

function changeMeant(said: string, now: Date): MeetingMeant | null {
  const found = CHANGE.exec(said)?.groups
  const [which = found?.whichEn ?? '', to = found?.toEn ?? ''] = [found?.which, found?.to]
  if (to === '' || /[不没别吗?？]/u.test(said)) return null
  const isMeeting = which.trim() === '' || /会|党课|党日|学习|meeting|lecture|theme day|it/iu.test(which)
  if (!isMeeting || readWhen(to, now).found === 'nothing') return null
  const kind = kindOf(which)
  const isDated = readWhen(kind?.rest ?? which, now).found !== 'nothing'
  const named = kind ? gatheringKinds[kind.kind].name.zh : ''
  return { does: 'change', rest: (isDated ? `${which.trim()} 改到 ${to}` : `${named} ${to}`).trim() }
}

const PLANS = /(?<![a-z])(?:schedule|set up|arrange|organi[sz]e|plan)(?![a-z])/giu

function meansCall(said: string, now: Date): boolean {
  if (BARE_CALL.test(said)) return true
  if (NO_CALL.test(said)) return false
  const notice = noticeSaid(said.replace(PLANS, ' '))
  const kind = kindOf(notice.line)
  if (kind ? !namesKindInFull(said) : !SOME_MEETING.test(notice.line)) return false
  const when = readWhen(kind ? kind.rest : notice.line.replace(SOME_MEETING, ' '), now)
  if (when.found === 'nothing' || ('day' in when && when.day !== undefined && when.day < day(now))) return false
  const place = notice.place ?? placeSaid(when.rest)
  return kind ? isPlainPlace(place) : place === ''
}
