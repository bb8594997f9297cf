const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

const HAN = /\p{Script=Han}/u
const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Some names are words as well, as 高兴. They are names where a title or a verb of speaking is beside them. */
const AFTER = /^(?:同志|老师|主任|书记|处长|科长|师傅|同学|委员|[（(]|说|讲|反映|提出|提到|认为|建议|希望|表示|觉得|要求|本人)/u
const BEFORE = /(?:(?:^|[，。；、\n])(?:和|找|请|让)|同志|党员|职工|员工|师傅|叫|@)$/u

/** The names of the roster that a text holds. Names of one character are no names here. */
export const namesIn = (text: string, roster: readonly string[]): string[] =>
  [...new Set(roster)].filter((name) => {
    if ([...name].length < 2) return false
    if (!HAN.test(name)) return new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'iu').test(text)
    const places = placesOf(name, text)
    return isWord(name)
      ? places.some((at) => AFTER.test(text.slice(at + name.length)) || BEFORE.test(text.slice(0, at)))
      : places.length > 0
  })

const isWord = (name: string) => [...name].length === 2 && [...segmenter.segment(name)].length === 1

function placesOf(name: string, text: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) places.push(at)
  return places
}
