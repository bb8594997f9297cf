import type { Meaning } from '../meaning.ts'

/** The words about voices and the analysis of opinion. */
export const voiceSubjects = {
  voice:
    '意见建议|意见箱|提意见|提建议|提个建议|提个意见|提条建议|提条意见|提点意见|提点建议|合理化建议|反映问题|反映个问题|反映情况|匿名反映|匿名建议|举报|投诉|吐槽|suggestion|suggestions|complaint|complaints|feedback|suggestion box|anonymous suggestion',
  analysing:
    '思想动态分析|思想动态|思想分析|员工思想动态|职工思想动态|思想状况分析|分析思想动态|舆情分析|opinion analysis|analysis of opinion|analyse opinion|staff opinion|opinion report',
  answering:
    '建议还没答复|建议没答复|意见没答复|意见还没答复|意见待答复|建议待答复|待答复|要答复的|没答复的|还没答复|等我答复|收到的建议|收到的意见|收到的反映|收到哪些建议|收到哪些意见|答复建议|答复意见|答复反映|反映的事|大家反映的|suggestions to answer|suggestions we received|complaints to answer|answer the suggestions|answer a suggestion|unanswered suggestions',
} as const

const questions = 'what howMany ask period result'

/** The words for saying something, for answering it, and for the quarter's analysis. */
export const voicing: Readonly<Record<string, Meaning>> = {
  suggest: {
    takes: `${questions} write raise how where mineOnly add start all result whenAsked`,
    frames: [
      'voice >',
      'voice write >',
      'voice how >',
      'voice where >',
      'voice raise >',
      'voice add >',
      'mineOnly voice >',
      'voice result > 查',
      'mineOnly voice result > 查',
      'voice whenAsked result > 查',
    ],
  },
  voices: {
    takes: `${questions} who all mineOnly where undone wait`,
    frames: ['answering', 'answering what/howMany/ask/who/all/where', 'mineOnly answering', 'what/ask/howMany/missingYet answering'],
  },
  analysis: {
    takes: `${questions} write how start hold all period $when`,
    frames: [
      'analysing',
      'analysing write',
      'analysing how',
      'analysing what/ask/period',
      'start analysing',
      'write analysing',
      'period analysing',
    ],
  },
}
