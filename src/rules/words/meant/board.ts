import type { Meaning } from '../meaning.ts'

/** The words for duty areas, and for the board on the wall. */
export const boardSubjects = {
  dutyArea: '责任区|党员责任区|责任区划分|责任区检查|责任区人员|先锋岗|党员先锋岗|duty area|duty areas|areas of duty',
  wallBoard:
    '展板|支部展板|公开展板|党员展板|公示板|公示栏|光荣榜|亮身份|亮明身份|展示到哪里|展示我的身份|不展示我|不要展示我|branch board|the board on the wall|public board|notice board|show me on the board|take me off the board|how far i am shown',
  slogan:
    '标语|上屏|大屏标语|宣传标语|屏幕标语|上屏通知|展板通知|滚动标语|slogan|slogans|line on the screen|lines on the screen|notice on the screen',
} as const

const beside = 'what howMany ask period result who all mineOnly where undone missingYet wait how write add start change this remove'

export const boards: Readonly<Record<string, Meaning>> = {
  areas: {
    takes: beside,
    frames: [
      'dutyArea',
      'dutyArea what/ask/who/where/howMany/all',
      'dutyArea add/write/start',
      'dutyArea undone/missingYet',
      'dutyArea how',
      'dutyArea change',
    ],
  },
  board: {
    takes: beside,
    frames: [
      'wallBoard',
      'wallBoard what/ask/who/where/all',
      'wallBoard add/write/start',
      'wallBoard how',
      'wallBoard change',
      'wallBoard mineOnly',
    ],
  },
  screen: {
    takes: beside,
    frames: [
      'slogan',
      'slogan what/ask/who/where/all',
      'slogan add/write/start',
      'slogan how',
      'slogan undone/missingYet',
      'slogan change',
    ],
  },
}
