/**
 * Asks for the figures every three seconds and exactly when a code expires. In between it counts down by elapsed time, so a wrong clock
 * does no harm. Expired digits disappear when the server does not answer.
 */
export const script = `
const room = document.getElementById('room'), find = (id) => document.getElementById(id)
const { now: address, left, window: span } = room.dataset
let until = performance.now() + Number(left), heardAt = performance.now(), asking = false

async function ask() {
  if (asking) return
  asking = true
  try {
    const answer = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(5000) })
    if ([403, 404, 410].includes(answer.status)) return location.reload()
    if (!answer.ok) throw new Error(String(answer.status))
    show(await answer.json())
  } catch {} finally {
    asking = false
  }
}

function show({ code, left, count, state }) {
  until = performance.now() + left
  heardAt = performance.now()
  for (const [id, words] of Object.entries({ code, count, zh: state.zh, en: state.en })) if (find(id).textContent !== words) find(id).textContent = words
  tick()
}

function tick() {
  const left = Math.max(0, until - performance.now()), isOver = left === 0 && performance.now() - heardAt > 8000
  for (const one of room.querySelectorAll('.left')) one.textContent = Math.ceil(left / 1000)
  find('bar').lastElementChild.setAttribute('width', (left / span) * 100)
  room.classList.toggle('stale', isOver)
  const unheard = isOver ? '连接中断，正在重试 · Connection lost, trying again' : ''
  if (find('unheard').textContent !== unheard) find('unheard').textContent = unheard
  if (isOver && find('code').textContent !== '····') find('code').textContent = '····'
  if (left === 0) ask()
}

setInterval(tick, 250)
setInterval(ask, 3000)
navigator.wakeLock?.request('screen').catch(() => {})
`
