import { type Text, t } from '../../text.ts'

/** Each reason why a time has no single reading is a sentence to show beside the form. */
export const isPast = t('说的时间已经过去了，请说一个还没到的时间。', 'That time is already past; please name one still ahead.')
export const noSuchDate = t('没有这一天，请再看一下日期。', 'There is no such day; please check the date.')
export const noSuchTime = t('没有这个时刻，请按 00:00 到 24:00 来说。', 'There is no such time; please say one from 00:00 to 24:00.')
export const twoDays = t('说了不止一个日子，请只留一个。', 'More than one day was said; please keep one.')
export const twoTimes = t('说了不止一个时刻，请只留一个。', 'More than one time was said; please keep one.')
export const aSpan = t('说的是一段时间，请只说几点开始。', 'That is a span of time; please say only when it starts.')
export const aHedge = t('“前、后、左右”没有定准，请说确切的时间。', '“Before”, “after” or “about” names no exact time; please say one.')
export const whichDay = t(
  '没有说到哪一天，请说日期，例如“12月5日”或“下周三”。',
  'Which day is not said; please name it, as in “5 Dec” or “Wednesday”.',
)
export const whichHour = t('没有说到几点，请说时刻，例如“15:00”。', 'Which hour is not said; please name it, as in “15:00”.')
export const runTogether = t(
  '几个数连在一起说，看不出是哪一个，请只说一个，例如“3天后”或“14:00”。',
  'Two numbers run together, so it is unclear which is meant; please say one, as in “in 3 days” or “14:00”.',
)
export const howLong = t('没有说准过多久，请说日期和时间。', 'How long from now is not exact; please give the day and the time.')
export const farYear = t('年份离现在太远，请再看一下。', 'That year is too far off; please check it.')
export const whichMidnight = t(
  '半夜12点可能是前一天夜里，也可能是后一天，请写成“24:00”或“00:00”。',
  'Midnight may open the day or close it; please write 00:00 or 24:00.',
)
export const whichMinute = t(
  '分不清是几分还是几号楼，请把时间写成“14:20”这样。',
  'Minutes and place run together; please write the time as in 14:20.',
)
export const otherZone = t('这里只用北京时间，请按北京时间说。', 'Only Beijing time is used here; please say it in that.')
export const again = t('说的是每周、每月一次，请说这一次的日期。', 'That is said of every week or month; please name this one’s date.')
export const ordinalDay = t('“第几个、最后一个”请换成日期来说。', 'Please give the date instead of “first” or “last”.')
export const lunar = t('这里只认公历，请说公历日期。', 'Only the solar calendar is read here; please give that date.')
export const todayOrNextWeek = t(
  '今天正是这一天：请说“今天”或“下周”。',
  'Today is that day of the week; please say “today” or give the date.',
)
export const thisOrNextWeek = t('可能是这一周，也可能是下一周，请说日期。', 'That may be this week’s or next week’s; please give the date.')
export const slashOrder = t(
  '日期的先后看不明白，请按“月/日”来写，例如“12/5”。',
  'The order of that date is unclear; please write month/day, as in 12/5.',
)
export const whichYear = t('没有说到哪一天，请把年、月、日说全。', 'Which day of that year is not said; please give the whole date.')

/** The words beside a time that nobody could read may change it. */
export const unread = (words: string): Text =>
  t(
    `“${words}”没看懂，不知道会不会改变时间；请说日期和几点，例如“12月5日 15:00”。`,
    `“${words}” was not understood and may change the time; please give date and hour, as in “5 Dec 15:00”.`,
  )

export const hourOrPlace = (figure: string): Text =>
  t(
    `“${figure}”看不出是几点还是地点，请写成“${figure}:00”或“${figure}号”。`,
    `“${figure}” may be an hour or a place; please write it as ${figure}:00 or room ${figure}.`,
  )

export const halfOfDay = (hour: number): Text =>
  t(
    `${hour}点是上午还是下午？请写成“下午${hour}点”或“${hour + 12}:00”。`,
    `${hour} in the morning or the afternoon? Please write ${hour}pm or ${hour + 12}:00.`,
  )

export const oddHour = (hour: number): Text =>
  t(
    `${hour}点和所说的时段对不上，请用24小时制写，例如“15:00”。`,
    `${hour} o’clock does not fit that part of the day; please write it as in 15:00.`,
  )
