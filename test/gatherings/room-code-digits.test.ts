import { expect, test } from 'vitest'
import { codeChangesAt, isRoomCode, roomCode } from '../../src/rules/gatherings/room-code.ts'

const at = (time: string) => new Date(`2026-10-09T${time}+08:00`)
const secret = 'a secret of the meeting'

test.each([
  ['in the same moment', '15:00:00', true],
  ['at the end of its five minutes', '15:04:59', true],
  ['while the next one holds', '15:09:59', true],
  ['after that', '15:10:00', false],
  ['before it was shown', '14:59:59', false],
])('the code shown at three counts %s: %s', (_when, time, counts) => {
  expect(isRoomCode(secret, roomCode(secret, at('15:00:00')), at(time))).toBe(counts)
})

test('a code is four digits, and another meeting has another', () => {
  const codes = Array.from({ length: 50 }, (_, i) => roomCode(secret, new Date(i * 300_000)))
  expect(codes.every((code) => /^\d{4}$/.test(code))).toBe(true)
  expect(new Set(codes).size).toBeGreaterThan(45)
  expect(codes).not.toEqual(Array.from({ length: 50 }, (_, i) => roomCode('another', new Date(i * 300_000))))
})

test.each(['', '123', '12345', 'abcd', '１２３４', '-123'])('“%s” is no code', (given) => {
  expect(isRoomCode(secret, given, at('15:00:00'))).toBe(false)
})

test('a code gives way at the next full five minutes', () => {
  expect(codeChangesAt(at('15:02:10'))).toEqual(at('15:05:00'))
})
