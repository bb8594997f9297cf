import { describe, expect, test } from 'vitest'
import { nomineesOf } from '../../src/rules/meeting-votes/nominees.ts'

describe('nominees', () => {
  const members = [
    { id: 'a', name: '王芳' },
    { id: 'b', name: '李华' },
    { id: 'c', name: '王芳' },
    { id: 'd', name: '欧阳 娜' },
  ]

  test('are those chosen and those written down, each once', () => {
    expect(nomineesOf(['b'], '欧阳娜\n李 华、', members)).toEqual([
      { name: '李华', member: 'b' },
      { name: '欧阳 娜', member: 'd' },
    ])
  })

  test.each([
    ['赵敏', '「赵敏」不在本支部有被选举权的党员名单上'],
    ['王芳', '有 2 位「王芳」'],
  ])('“%s” written down: %s', (typed, says) => {
    expect(nomineesOf([], typed, members)).toMatchObject({ wrong: { zh: expect.stringContaining(says) } })
  })
})
