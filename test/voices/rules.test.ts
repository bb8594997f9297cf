import { describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { chanceOf } from '../../src/generate/chance.ts'
import { personName } from '../../src/generate/names.ts'
import { namesIn } from '../../src/rules/voices/names.ts'
import { isInTime, promisedOn, stateOfVoice } from '../../src/rules/voices/state.ts'
import { harvestFrom, voiceFrom } from '../../src/rules/voices/words.ts'

describe('the promise', () => {
  test.each([
    ['suggestion', '2026-10-08', '2026-10-21', 'the Saturday of 10 October is worked'],
    ['worry', '2026-10-08', '2026-10-21', ''],
    ['tool', '2026-10-08', '2026-10-21', ''],
    ['observation', '2026-10-08', '2026-10-14', ''],
    ['question', '2026-10-08', '2026-10-14', ''],
    ['observation', '2026-10-03', '2026-10-13', 'it came in the holiday'],
    ['observation', '2026-09-24', '2026-10-09', 'two holidays lie between'],
    ['suggestion', '2026-12-31', '2027-01-15', 'New Year lies between, in a year not published yet'],
  ] as const)('%s of %s is answered by %s %s', (kind, from, by, _why) => {
    expect(promisedOn(kind, from)).toBe(by)
  })

  test('where the level above decides it is twenty working days', () => {
    expect(promisedOn('suggestion', '2026-10-08', true)).toBe('2026-11-04')
    expect(promisedOn('observation', '2026-10-08', true)).toBe('2026-11-04')
  })

  // G2: the last instant of the day, ± 1 ms
  test('it is kept until the last instant of its day', () => {
    const midnight = moment('2026-10-21', '24:00').getTime()
    expect([-1, 0, 1].map((ms) => isInTime('2026-10-21', new Date(midnight + ms)))).toEqual([true, false, false])
  })
})

describe('the state', () => {
  const at = moment('2026-10-09', '10:00')
  const answer = (solved: boolean | null, outcome: 'adopted' | 'aside' = 'adopted') => ({ at, outcome, solved })
  const state = (takenAt: Date | null, answers: ReturnType<typeof answer>[], now = moment('2026-10-12', '09:00')) =>
    stateOfVoice({ takenAt, answers }, now)

  test.each([
    ['came', state(null, [])],
    ['taken', state(at, [])],
    ['answered', state(at, [answer(null)])],
    ['closed', state(at, [answer(true)])],
    ['closed', state(at, [answer(null, 'aside')])],
    ['came', state(null, [answer(false)])],
    ['answered', state(at, [answer(false), answer(null)])],
    ['closed', state(at, [answer(false), answer(false)])],
  ])('is %s', (is, found) => {
    expect(found).toBe(is)
  })

  test('ten working days without a word close it', () => {
    const end = moment('2026-10-22', '24:00').getTime()
    expect([-1, 0].map((ms) => state(at, [answer(null)], new Date(end + ms)))).toEqual(['answered', 'closed'])
  })
})

describe('the words', () => {
  test.each([
    ['看 https://a.cn/x?y=1 这里', '看  这里'],
    ['见[公告](http://a.cn)第二条', '见公告第二条'],
    ['www.a.cn 打不开', '打不开'],
  ])('links go out of “%s”', (typed, words) => {
    expect(voiceFrom(typed)).toEqual({ words, hadLinks: true })
  })

  test('words without links stay as they were typed', () => {
    expect(voiceFrom('  食堂\n早点关  ')).toEqual({ words: '食堂\n早点关', hadLinks: false })
    expect(voiceFrom('长'.repeat(500))).toMatchObject({ hadLinks: false })
    expect(voiceFrom('长'.repeat(501))).toHaveProperty('wrong')
    expect(voiceFrom(' ')).toHaveProperty('wrong')
    expect(voiceFrom('https://a.cn')).toHaveProperty('wrong')
  })

  test('a harvest is at most ten lines, each once', () => {
    expect(harvestFrom('1. 灯坏了\n\n2、水凉\n- 灯坏了')).toEqual({ lines: ['灯坏了', '水凉'] })
    expect(harvestFrom(Array.from({ length: 10 }, (_, nth) => `第${nth}件`).join('\n'))).toHaveProperty('lines')
    expect(harvestFrom(Array.from({ length: 11 }, (_, nth) => `第${nth}件`).join('\n'))).toHaveProperty('wrong')
    expect(harvestFrom('\n')).toHaveProperty('wrong')
  })
})

describe('names', () => {
  const chance = chanceOf(4)
  const people = [...new Set(Array.from({ length: 260 }, () => personName(chance)))].slice(0, 200)

  // G4: 200 names, names of two characters within words, English
  test('each of two hundred names is found where somebody is meant', () => {
    expect(people.length).toBe(200)
    const missed = people.filter((name) => !namesIn(`食堂的事${name}同志反映过`, people).includes(name))
    expect(missed).toEqual([])
    expect(people.filter((name) => !namesIn(`${name}说太吵`, people).includes(name))).toEqual([])
  })

  test.each([
    ['大家很高兴，精神文明建设要加强', ['高兴', '文明'], []],
    ['高兴同志说灯坏了', ['高兴', '文明'], ['高兴']],
    ['国庆期间食堂不开', ['国庆'], []],
    ['和平环境、和平说得对', ['和平'], ['和平']],
    ['王芳芳的办公室太冷', ['王芳'], ['王芳']],
    ['李先生', ['李'], []],
    ['Ask Li Hua about the annual plan', ['Li Hua', 'Ann'], ['Li Hua']],
    ['ask LI HUA', ['Li Hua'], ['Li Hua']],
    ['Joanne was not there', ['Ann', 'Jo'], []],
    ['张伟、李华都在', ['李华', '张伟', '张伟'], ['李华', '张伟']],
  ])('“%s” among %j names %j', (text, roster, found) => {
    expect(namesIn(text, roster)).toEqual(found)
  })
})
