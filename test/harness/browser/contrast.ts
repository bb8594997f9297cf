/**
 * Script for a page with axe: texts that look alike are judged once for their contrast. The checker rebuilds all that lies behind each text,
 * which takes long. Only a passed contrast is remembered. Texts are alike by their own style and by the boxes around them.
 * Where a place decides what lies behind a text, it is judged each time.
 */
export const alikeOnce = `(() => {
  const check = axe._audit.checks['color-contrast']
  const { evaluate } = check
  const { run } = axe
  const passed = new Set()
  const numbers = new Map()
  let boxes

  axe.run = (...asked) => {
    boxes = new WeakMap()
    return run(...asked)
  }

  function numberOf(looks) {
    if (!numbers.has(looks)) numbers.set(looks, numbers.size)
    return numbers.get(looks)
  }

  // A box with those around it: how they look, and the nearest that lets nothing through.
  function boxOf(element) {
    const known = boxes.get(element)
    if (known) return known
    const around = element.parentElement ? boxOf(element.parentElement) : { looks: 0, opaque: element, isPlaced: false }
    const { backgroundColor, backgroundImage, opacity, position, transform, filter, mixBlendMode } = getComputedStyle(element)
    const own = [around.looks, element.tagName, element.className, backgroundColor, backgroundImage, opacity, filter, mixBlendMode]
    const isPlaced = !['static', 'relative'].includes(position) || transform !== 'none'
    const box = backgroundColor.startsWith('rgb(')
      ? { looks: numberOf(own.join('|')), opaque: element, isPlaced: false }
      : { looks: numberOf(own.join('|')), opaque: around.opaque, isPlaced: isPlaced || around.isPlaced }
    boxes.set(element, box)
    return box
  }

  const isWithin = (inner, outer) =>
    inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1

  function looksOf(element) {
    const { looks, opaque, isPlaced } = boxOf(element)
    if (isPlaced || !isWithin(element.getBoundingClientRect(), opaque.getBoundingClientRect())) return null
    const { color, webkitTextFillColor, fontSize, fontWeight, textShadow } = getComputedStyle(element)
    return [looks, color, webkitTextFillColor, fontSize, fontWeight, textShadow].join('|')
  }

  check.evaluate = function (element, options, ...more) {
    const looks = looksOf(element)
    if (looks !== null && passed.has(looks)) return true
    let told
    const { data } = this
    this.data = (value) => {
      told = value
      data.call(this, value)
    }
    const result = evaluate.call(this, element, options, ...more)
    if (looks !== null && result === true && told?.fgColor && told.bgColor && told.contrastRatio > 1) passed.add(looks)
    return result
  }
})()`
