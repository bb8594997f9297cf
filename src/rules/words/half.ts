import { unitsOf } from './plain.ts'
import type { Reading } from './reading.ts'
import { subjectNames } from './vocabulary.ts'

/** Denials, the past and exclamations are talk about the thing. They ask for nothing. */
const TALE =
  /过(?![来去几])|[不没别未无了完得真太好很呀昨]|[他她]|前天|终|孩子|家长|老婆|老公|儿子|女儿|朋友|同学|爸|妈|电影|老板|公司|\b(?:he|she|they|his|her|not|no|never|was|were|had|did|went|yesterday|too|so|very)\b|n't/u

/** A question about the branch’s work may deny: 哪些项没得分. It is still not about other people’s things. */
const QUESTION = /[吗谁哪几?]|什么|怎么|如何|多少|\b(?:what|how|which|who|where|when)\b/u
const OTHERS = /[他她]|\b(?:he|she|they|his|her)\b|老婆|老公|儿子|女儿|朋友|同学|电影|老板|公司/u

/** Somebody who wants something asks for it. */
const ASKS =
  /有没有|是否|^(?:新|增|录|查|看|启|建|设|改|换|加|删|移|取消|撤|收|填|写|报|交|登|记|导|下载|打开|列|统计|召|通知|补|申请|提醒)|^(?:make|request|have|vote|set|take|ask|add|remove|change|edit|print|export|upload|schedule|plan|hold|note|log|record|register|submit|update|rename|move|cancel|close|find|check|prepare|choose|pick|elect|appoint|assign|link|bind|connect|unlock|fix|correct|reopen)\b|麻烦|组织|开展|新建|成立|设立|发起|登记|安排|[请帮把给想要查看找?吗谁哪几怎如发]|什么|多少|需要|能不能|可以|\b(?:explain|put|list|launch|compare|book|open|start|call|organise|organize|requesting|tell|please|how|what|who|can|could|want|show|where|when|which|need|any|is there|let|help|give|send|i would)\b/u

/** True where enough is known for a button: nothing is done, and a person presses or does not. */
export function isHalfUnderstood(said: string, { unexplained, used, loose, riddles, frame }: Reading): boolean {
  const [kinds, meets] = [used.some(({ is }) => is === '$kind'), used.some(({ is }) => /eeting$|^\$kind$/.test(is))]
  const isExcuse = meets && used.some(({ is }) => is === 'cannotCome')
  const isNotice = kinds && frame.command === 'meeting' && used.some(({ is }) => is === '$when')
  const named = used.filter(({ is, from, to }) => (subjectNames.has(is) || is === '$kind') && to - from > 1)
  const isOurs = kinds || isExcuse || named.some(({ from, to }) => OURS.test(said.slice(from, to)))
  // Two fifths may be unknown beside a word that only a branch has, an eighth beside any other.
  const isFramed = frame.needs.length > 1
  const most = isOurs ? 2 / 5 : riddles.trim() === '' ? 1 / 3 : 1 / 8
  const isAsked = isExcuse || isNotice || (isOurs && riddles.trim() === '') || ASKS.test(said)
  return (
    (isExcuse || isFramed || named.length > 0) &&
    unexplained <= unitsOf(said) * most &&
    isAsked &&
    !(isExcuse || (isOurs && QUESTION.test(said)) ? OTHERS : TALE).test(loose)
  )
}

/** Words that people say of nothing but a branch’s work. */
const OURS =
  /签到|请.{0,2}假|[病事]假|谈心|评议|花名册|党小组|党员|积极分子|发展对象|支部|自评|申诉|考核|得分|例会|补课|法定人数|认领|绑[定到]|管理员|投票|表决|换届|改选|考勤|议题|待办|到会|应到|实到|check.?in|(?:for|my|of) leave|ballot|heart-to-heart|our score|secret vote|名单|组长|节放假|roster|probationer|activist|self-assessment|appeal|quorum|attendance|agenda|evaluation/u
