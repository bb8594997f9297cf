const NUMERAL = '[0-9a-z一二三四五六七八九十百零〇]+'
const ROOM = '(?:大会议室|小会议室|会议室|活动室|活动中心|阅览室|教室|报告厅|礼堂|办公室|多功能厅|大厅|食堂|操场|广场|纪念馆|室|厅)'
/** Slots that are told by their shape: places, quarters, agenda items, matters of a vote, days that recur. */
export const patterns: readonly [string, RegExp][] = [
  ['$place', /(?:在|到|于)\d{3,4}(?:室|教室|会议室)?(?=$|[开召集举上\s])/uy],
  [
    '$place',
    new RegExp(`(?:在|到|于|地点)?(?:${NUMERAL}(?:号楼|楼|层|栋|座|号|区|室))+(?:的?\\p{Script=Han}{0,3}${ROOM}|\\d{2,4})?`, 'uy'),
  ],
  [
    '$place',
    new RegExp(
      `(?:在|到|于|地点(?![改换变有调]))\\p{Script=Han}{1,8}?(?:${ROOM}|楼|馆|场|园|基地|中心|校区|学院|陵园|社区|公园|车间)`,
      'uy',
    ),
  ],
  ['$place', new RegExp(`(?:在|到|于)?(?:党员|支部|党建)?(?:阶梯|多媒体)?${ROOM}(?<!^室|^厅)(?:\\d{2,4})?`, 'uy')],
  [
    '$place',
    /(?:在|到|于)?(?:线上|腾讯会议|飞书会议|视频会议|\p{Script=Han}{1,4}(?:门口|集合)|\p{Script=Han}{0,3}[教楼栋区座]\d{2,4}|online)/uy,
  ],
  ['$place', /(?<=\s|^)(?:会议|集合|活动)?地点(?![改换变有调])(?:在|是|为)?\s?[^\s]{2,20}/uy],
  [
    '$place',
    /(?:in |at )?(?:the )?(?:meeting |conference |activity |lecture )?(?:room|hall|floor|building|classroom) ?[a-z]?-?\d+[a-z]?|(?:in|at|to) (?:the )?(?:[a-z]+ ){0,2}(?:room|hall|office|library|auditorium|canteen|lobby)|(?:on |in )?(?:the )?\w+ floor/y,
  ],
  // The matter of a vote is anything, and stands behind the vote.
  [
    '$topic',
    /(?<=\b(?:vote|ballot|resolution|poll) )(?:on|about|for) (?!(?:it|this|me|him|her|them|us)\b)[^?]{3,40}?(?= by (?:a )?(?:show|hand)|$)|(?<=对|就|关于)[^?]{2,24}(?=进?行?(?:举手)?表决)|(?<=[把将])[^?]{2,20}(?=(?:拿出来|拿到会上|提交|交)?表决)|(?<=\bput )(?!it |this )[^?]{2,40}(?= to (?:a|the) vote)|(?<=表决|投票通过|投票决定) ?(?:一下)?(?:(?:这个|这份|这项|是否|关于|同意|同不同意)[^?]{2,30}|[^?]{2,16}(?:方案|事项|提案|计划|预算|人选|决议|议案|章程|制度|办法))/uy,
  ],
  ['$place', /(?<=改成|改到|换到|换成|改在|移到)\p{Script=Han}{2,10}(?:馆|厅|室|楼|场|园|中心|基地)/uy],
  ['$place', /(?:to|in) \d{3,4}(?![\d:]| ?[ap]m)/uy],
  ['$topic', /(?<=(?:创建|发起|新建|发|建|开|搞|弄)(?:个|一个|一次)?(?:无记名|匿名|记名)?投票 ?)[^?]{2,30}$/uy],
  ['$agenda', /(?<=[把将])[^?]{2,30}(?=(?:加|放|列|写)[进入到上](?:会议)?议[程题])/uy],
  [
    '$every',
    /(?:every|each) (?:first|second|third|fourth|last|other) (?:mon|tues|wednes|thurs|fri|satur|sun)day(?: of the month)?|(?:on )?the (?:first|second|third|fourth|last) (?:mon|tues|wednes|thurs|fri|satur|sun)day of (?:the|each|every) month/y,
  ],
  [
    '$item',
    /第?(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])(?:项|条|号标准)(?:标准)?|标准 ?\d{1,2}|(?:standard|item)(?: number)? ?\d{1,2}/uy,
  ],
  [
    '$quarter',
    /(?:(?:20\d\d年?|去年|今年|上年)?的?(?:第?[一二三四1-4]|本|上个?|这个?)季度?|20\d\d ?q[1-4]|q[1-4]|上季|(?:last|this|previous) quarter)/y,
  ],
  [
    '$agenda',
    /(?<=\b(?:add|put) [^?]{0,30}(?:to|on) the agenda )[^?]{3,40}$|(?<=\b(?:add|put) )(?!an? |one )[^?]{3,40}(?= (?:to|on) the agenda)/uy,
  ],
  ['$agenda', /(?<=议[题程](?:里|中|上)?(?:再|还)?(?:加上|加个|加一个|加|增加|补上|补充))[^?]{2,}$/uy],
  ['$agenda', /(?:议题|议程)(?:是|为|有)?(?!是什么|有哪些|有什么|吗|什么|呢).{2,}$/uy],
]
