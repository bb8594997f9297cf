/**
 * Enter saves the row and goes on to the next; arrows move between cells. Only the saved row comes back, so typing in the others is kept.
 * A failure loses nothing that was typed.
 */
export const script = `
const live = document.getElementById('live'), saving = new Set()
const cells = (row) => [...row.querySelectorAll('input.cell')]
const isDirty = (row) => cells(row).some((one) => one.value !== one.defaultValue)
const say = (words) => { live.textContent = ''; requestAnimationFrame(() => { live.textContent = words }) }

function move(cell, by, to) {
  const row = cell.closest('tr'), at = cells(row).indexOf(cell)
  const next = by ? [...row.parentElement.rows][row.sectionRowIndex + by] : row
  const other = next && cells(next)[by ? Math.min(at, cells(next).length - 1) : at + to]
  if (other) { other.focus(); other.select() }
}

async function save(form, row) {
  if (saving.has(form.id)) return
  saving.add(form.id)
  row.setAttribute('aria-busy', 'true')
  try {
    const address = new URL(form.action)
    address.searchParams.set('only', form.dataset.branch)
    address.hash = ''
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: AbortSignal.timeout(15000) })
    const page = new DOMParser().parseFromString((await answer.text()).replace(/<style[^]*?<\\/style>/g, ''), 'text/html')
    const fresh = page.getElementById(form.id)?.closest('tr')
    if (!fresh) return say(page.querySelector('h1')?.textContent || live.dataset.lost)
    put(row, document.importNode(fresh, true))
    say(fresh.querySelector('form').dataset.said)
  } catch {
    say(live.dataset.lost)
  } finally {
    saving.delete(form.id)
    row.removeAttribute('aria-busy')
  }
}

/** The reader stays in the same cell. */
function put(row, fresh) {
  const focused = row.contains(document.activeElement) ? document.activeElement.id : null
  row.replaceWith(fresh)
  if (focused) document.getElementById(focused)?.focus()
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.matches('form.row')) return
  event.preventDefault()
  save(form, form.closest('tr'))
})
document.addEventListener('keydown', (event) => {
  const cell = event.target
  if (!cell.matches?.('input.cell') || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const isStart = cell.selectionEnd === 0 || cell.selectionEnd - cell.selectionStart === cell.value.length
  const isEnd = cell.selectionStart === cell.value.length || cell.selectionEnd - cell.selectionStart === cell.value.length
  if (event.key === 'Enter') { const row = cell.closest('tr'); move(cell, 1, 0); if (isDirty(row)) save(cell.form, row) }
  else if (event.key === 'ArrowDown') move(cell, 1, 0)
  else if (event.key === 'ArrowUp') move(cell, -1, 0)
  else if (event.key === 'ArrowLeft' && isStart) move(cell, 0, -1)
  else if (event.key === 'ArrowRight' && isEnd) move(cell, 0, 1)
  else return
  event.preventDefault()
})
document.addEventListener('focusout', ({ target }) => { if (target.matches?.('input.cell')) target.closest('tr')?.classList.toggle('unsaved', isDirty(target.closest('tr'))) })
addEventListener('beforeunload', (event) => { if (document.querySelector('tr:has(input.cell)') && [...document.querySelectorAll('form.row')].some((one) => isDirty(one.closest('tr')))) event.preventDefault() })
`
