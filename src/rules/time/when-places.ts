import { ordinalDay } from './when-doubts.ts'
import { NUMBER, PLACE, type Reader, reader } from './when-words.ts'

const R = String.raw
const stay = (pattern: string) => reader(pattern, () => [], 'place')

const ROOMS = 'room|rm|floor|flr|building|bldg|block|hall|gate|unit|table|zone|no|number|classroom|lab|suite|tower|stop|group|branch|id|tel'
/** “hall 3pm” is a hall at three, “room 3:30” a time in a room. */
const NO_CLOCK = R`(?![\d/]|:\d|\s?[ap]\.?m\b|\s?o'clock|\s*(?:点|时|月))`

/** Numbers of places or of other counted things. They are heard so that no time is heard in them, and stay on the line. */
export const placeReaders: readonly Reader[] = [
  stay(R`第?(?:\d+|${NUMBER})\s?(?:号|#)?\s?(?:${PLACE})`),
  stay(R`第(?:\d+|${NUMBER})(?!个?(?:周|星期|礼拜))[号次届期]?`),
  stay(R`(?<=[路街道巷弄村])(?:\d+|${NUMBER})号`),
  stay(R`\b(?:${ROOMS})\b[\s.:#]{0,2}[a-z]?-?\d+${NO_CLOCK}(?:-\d+)?`),
  stay(R`#\s?\d+|\d+#\d*`),
  stay(
    R`(?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th) (?:floor|fl|storey|building|room|meeting|conference|hall|branch|group|quarter|avenue|street|session|plenum)\b`,
  ),
  stay(R`https?:\/\/[\x21-\x7e]+`),
  stay('[早晚快慢有大小]一点'),
  stay(R`\bsun yat`),
  reader(R`(?:第${NUMBER}|最后一)个?(?:周|星期|礼拜)[一二三四五六日天1-7]?`, () => [{ says: 'doubt', why: ordinalDay }]),
]
