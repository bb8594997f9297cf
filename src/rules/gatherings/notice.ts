const PLACE_LABEL = '(?:会议|开会|活动|集合|上课|学习)?(?:地点|地址|场所|位置|会场)|venue|place|location|where'
const TIME_LABEL = '(?:会议|开会|召开|活动|集合|开始|上课|学习)?(?:时间|日期)|date|time|when'
const OTHER_LABEL =
  '(?:参加|参会|出席|列席|与会|会议)?(?:人员|对象|范围)|(?:会议)?(?:主持|记录|召集|联系|主讲)人?|会议类型|会议形式|形式|方式|要求|有关要求|备注|说明|附件|chair|host|attendees|notes?'

/** Where a label of a notice begins, behind a separator. */
export const NEXT_LABEL = new RegExp(`(?<=[\\s,，;；。)）])(?:${PLACE_LABEL}|${TIME_LABEL}|${OTHER_LABEL})\\s*[:：]`, 'iu')
const A_LABEL = `[\\s,，;；。]*(?:${PLACE_LABEL}|${TIME_LABEL}|${OTHER_LABEL})\\s*[:：]`

const labelled = (label: string, end: string) =>
  new RegExp(`(?<=^|[\\s,，;；。)）])(?:${label})\\s*[:：]\\s*(?<value>[^\\n]*?)(?=${end}|\\n|$|${A_LABEL})`, 'iu')
const PLACE = labelled(PLACE_LABEL, '[,，。；;]')
const OTHER = new RegExp(labelled(OTHER_LABEL, '[。；;]').source, 'giu')

/**
 * A notice with labels says by itself which words are the place. Who presides, who comes and what to bring is no part of time or place.
 */
export function noticeSaid(words: string): { line: string; place?: string } {
  const place = PLACE.exec(words)
  const value = place?.groups?.value?.replace(/\.$/u, '').trim()
  const line = (place ? words.replace(place[0], ' ') : words).replace(OTHER, ' ').replace(/\s+/gu, ' ').trim()
  return value ? { line, place: value } : { line }
}

const TOPIC =
  /(?:^|[\s,，;；])\s*(?:to\s+(?=(?:discuss|elect|study|review|hear|vote|decide|admit|plan)\b)|(?=(?:选举|改选|补选|讨论|研究|审议|审定|传达|听取|通报|表决|评议|评选|推选|推荐|布置|部署|总结|学习贯彻|接收)\p{sc=Han}{2}))(?<topic>.+)$/iu

/**
 * The topic of a meeting, said without a label behind the place or before it: 三楼会议室 讨论发展对象. A place is the place alone, so a verb of
 * meetings begins the topic.
 */
export function topicSaid(rest: string): { rest: string; topic?: string } {
  const found = TOPIC.exec(rest)
  if (!found?.groups?.topic) return { rest }
  const [before, words] = [rest.slice(0, found.index).trim(), found.groups.topic.trim()]
  const [, topic, behind] = /^(.+?)[\s,，;；]+(\S+)$/u.exec(words) ?? []
  if (topic && behind && before === '' && isPlainPlace(behind)) return { rest: behind, topic }
  const isPlace = before === '' && isPlainPlace(words)
  return isPlainPlace(before) && !isPlace ? { rest: before, topic: words } : { rest }
}

/** 在三楼会议室召开，请带笔记本 names the place 三楼会议室. */
export function placeSaid(rest: string): string {
  const parts = rest.split(/[,，。；;!！]\s*/u).map((part) => part.trim())
  const named = parts.filter((part) => part !== '' && !NO_PLACE.test(part)).map(bare)
  return named.filter((part) => part !== '').join('，')
}

const NO_PLACE =
  /^(?:敬请|恭请|烦请|务请|还请|请|望|务必|准时|按时|注意|记得|自带|携带|带好|谢谢|不得|届时|特此|收到|please\b|bring\b|thanks?\b|thank you\b)/iu

const bare = (part: string): string =>
  part
    .replace(/^(?:(?:开会|召开|举行)?(?:在(?!线|建)|于|到(?!达)|去|往)|(?:in|at|to)\s+(?:the\s+)?)\s*/iu, '')
    .replace(/\s*(?:召开|举行|举办|进行|开会|开始|集合|碰头|见面|参加|(?<![南公离])开|见)(?:一下|会议)?$/u, '')
    .trim()

const NAMED =
  /(?:[室楼厅堂院馆场站库所园区处店层座栋幢厂校]|门口|中心|基地|线上|视频|腾讯会议|飞书会议|公司|[\u4e00-\u9fffa-z]-?\d{3,4}|(?:^|\s)\d{3})(?:[内里外前旁]|旁边)?$|(?<![a-z])(?:room|rm|hall|floor|office|library|building|lab|zoom|teams|online|canteen|cent(?:re|er)|auditorium|classroom|lobby|campus)(?![a-z])/iu

/** Empty words and plain places. A place of another name is right as well, but then the day must be said. */
export const isPlainPlace = (place: string): boolean => place === '' || NAMED.test(place)
