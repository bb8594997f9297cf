import { press, type Stage, says } from '../stage.ts'

const at = { branch: 'home' }
const area = { name: '三号楼', place: '东侧', people: ['m member'] }
const line = { words: '安全生产', from: '2026-10-08 +0800', until: '2026-10-15 +0800' }

const anArea = async (stage: Stage) => {
  await stage.deed('secretary', 'areas.add', at, area)
  return { area: await stage.latest('areas') }
}

const aLine = async (stage: Stage) => {
  await stage.deed('secretary', 'screen.submit', { ...at, isAsked: true }, line)
  return { line: await stage.latest('screen_lines') }
}

const aHungBoard = async (stage: Stage) => {
  await stage.client.execute(
    `insert into links (id, unit, kind, subject, made_by, made_at, expires_at) values ('board', 'unit', 'board', 'home public', 'm secretary', 0, ${stage.now().getTime() + 1_000_000})`,
  )
  return {}
}

type Seats = readonly { role: string }[]

const isAnotherKeeper = ({ seats }: { seats: Seats }) => seats.some(({ role }) => role === 'deputy' || role === 'publicity')

export const boardExamples = [
  says('areas', 'keepAreas', '/责任区', { view: 'areas' }),
  press('areas.add', 'keepAreas', { deed: 'area.add', sends: at, form: area }),
  press('areas.check', 'keepAreas', {
    deed: 'area.check',
    given: async (stage) => {
      await anArea(stage)
      return {}
    },
    sends: at,
  }),
  press('areas.pick', 'keepAreas', {
    view: 'area',
    given: async (stage) => ({ ...at, chosen: (await anArea(stage)).area }),
    form: ({ chosen }) => ({ area: chosen }),
  }),
  press('area.man', 'keepAreas', { deed: 'area.man', given: anArea, form: { people: ['m leader'] } }),
  press('area.end', 'keepAreas', { deed: 'area.end', given: anArea }),

  says('board', 'showSelf', '/展板', { view: 'board' }),
  says('board', 'keepScreen', '/展板 发', { view: 'boardPeople' }),
  press('board.show', 'showSelf', { deed: 'showing.unit', sends: { ...at, scope: 'unit' } }),
  press('board.hang', 'keepScreen', { deed: 'link.make', sends: { ...at, scope: 'public' } }),
  press('board.revoke', 'keepScreen', { deed: 'link.revoke', given: aHungBoard, sends: { ...at, scope: 'public' } }),

  says('screen', 'approveScreen', '/屏', { view: 'screen' }),
  says('screen', 'keepScreen', '/屏 安全生产 10月8日-15日', { view: 'screen' }),
  press('screen.submit', 'keepScreen', { deed: 'screen.submit', sends: { ...at, isAsked: true }, form: line }),
  press('screen.approve', 'approveScreen', { deed: 'screen.approve', given: aLine, if: isAnotherKeeper }),
  press('screen.pull', 'keepScreen', { deed: 'screen.pull', given: aLine }),
]
