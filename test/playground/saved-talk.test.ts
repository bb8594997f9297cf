// biome-ignore-all format: a talk as the playground saved it
import { afterAll, expect, test } from 'vitest'
import type { Talk } from '../../src/playground/talk.ts'
import { aPlayground } from '../harness/playground.ts'

const talk: Talk = {
  "from": "2026-10-12T09:00:00+08:00",
  "steps": [
    {
      "at": "2026-10-12T09:00:10+08:00",
      "does": "say",
      "as": "李华",
      "chat": "教工第一支部",
      "given": {
        "text": "@支部 /会议 支委会 明天 15:00 三楼会议室"
      }
    },
    {
      "at": "2026-10-13T14:50:00+08:00",
      "does": "press",
      "as": "王芳",
      "chat": "教工第一支部",
      "card": "支委会",
      "control": "签到"
    },
    {
      "at": "2026-10-13T14:58:00+08:00",
      "does": "press",
      "as": "李华",
      "chat": "教工第一支部",
      "card": "支委会",
      "control": "签到"
    },
    {
      "at": "2026-10-13T15:10:00+08:00",
      "does": "press",
      "as": "张伟",
      "chat": "教工第一支部",
      "card": "支委会",
      "control": "签到"
    },
    {
      "at": "2026-10-13T15:50:00+08:00",
      "does": "press",
      "as": "李华",
      "card": "主持 · 支委会",
      "control": "结束会议"
    },
    {
      "at": "2026-10-13T15:55:00+08:00"
    }
  ],
  "expects": [
    {
      "chat": "教工第一支部",
      "card": "支委会",
      "says": [
        "已结束",
        "时间  10月13日（周二）15:00–16:00",
        "3",
        "1",
        "迟到",
        "0",
        "缺席",
        "到会人数够，计入标准（在岗 3 人，需到 2 人，实到 3 人）",
        "已计入标准（12）支委会。"
      ]
    },
    {
      "as": "李华",
      "card": "主持 · 支委会",
      "says": [
        "3",
        "实到",
        "全部到齐。"
      ]
    }
  ]
}

const playground = await aPlayground()
afterAll(() => playground.stop())

test('the talk saved on 2026-10-12 comes out as it was', async () => {
  expect(await playground.post('replay', talk)).toEqual({ steps: talk.steps.length, differences: [] })
})
