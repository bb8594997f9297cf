import { type Reader, reader } from './when-words.ts'

const R = String.raw
const filler = (pattern: string): Reader => reader(pattern, () => [], 'filler')
/** These words change no time either, but they may belong to a topic: they stay on the line. */
const stays = (pattern: string): Reader => reader(pattern, () => [], 'place')

const PEOPLE = '[各位全体大家所有党员委同志支参会与人们务必准按届时相关请互及于前来我]'
const COME = '(?:参加|出席|列席|参会|到会|到场|到达|与会|签到|周知|知悉|转告|入场|就座|回复)'
const EARLY = R`(?:提前\s?(?:\d{1,2}|[一二三两五十]{1,2})\s?(?:分钟|刻钟|小时)?)`
const WANT = '(?:想|打算|准备|计划|要)'
const END = '(?=$|[\\s,;。.!?、:)])'

/** Labels and courtesies of notices. */
export const fillerReaders: readonly Reader[] = [
  filler(R`(?:会议|开会|召开|活动|集合|开始|举行|上课|学习|具体|会)?(?:时间|日期|地点|地址|场所|位置)(?:为|是|定在|定于)?\s?:`),
  filler(R`(?:会议|开会|活动|集合|上课|学习)(?:时间|日期|地点)(?:为|是|定在|定于)`),
  filler(R`(?:date(?: and time)?|time|venue|place|location|where|when)\s?:`),
  filler(R`(?:敬请|恭请|烦请|务请|还请|请|望)${PEOPLE}{0,16}${EARLY}?${PEOPLE}{0,10}${COME}(?:会议|活动)?[!。]?`),
  filler(R`(?:务必|准时|按时|届时){1,2}(?:到场|${COME})(?:会议|活动)?[!。]?`),
  filler('(?:经(?:支委会|支部)?研究(?:决定)?|现?通知如下|特此通知|特此告知|收到(?:请)?回复|谢谢(?:大家|配合)?|辛苦(?:了|大家)?)[,!。:]?'),
  filler(
    '(?:请|麻烦)?(?:帮忙|帮我|给我)?(?:通知|告诉|提醒)(?:一下)?(?:各位|全体|大家|所有)?(?:党员|支委|委员|同志|人)?(?:们)?[,:]?|(?:请|敬请)?(?:各位|全体)(?:党员|支委|委员|同志|参会人员)?(?:们)?(?:好)?[:,]?|(?:请|敬请)?大家好?[:,]?|同志们好?[:,]?',
  ),
  filler('兹|请(?=\\s?[于在今明后本下周星礼\\d])'),
  filler('(?:请|麻烦)?(?:帮忙|帮我|给我|替我)'),
  filler(`(?:(?:我们|咱们|我|本支部|支部)|(?<=^|[\\s,;:]))${WANT}(?:在|于)?(?=[^\\s])`),
  // 思想 and 学习计划 are topics; behind another word only somebody who wants to hold something wants.
  filler(`(?<!思)${WANT}(?:在|于)?(?=召?开|组织|举行|举办)`),
  filler(
    R`(?:please )?(?:attend|be|come|arrive|join)(?: us)? (?:on time|punctually)[.!]?|please (?:attend|come|join|be there)[.!]?|sharp\b`,
  ),
  filler(R`(?:please|pls|let's|let us|we will|we'll|i want to|i'd like to|can you|could you)\b`),
  stays(R`(?:开始|召开|举行|举办|开会|集合|开|上课|见|见面)${END}`),
  stays(R`(?:召开|举行|举办|开)(?:一次|一个|个)?${END}`),
]
