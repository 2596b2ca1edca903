/* Status is a shape and a colour: the shape's name, and the tone it has unless said otherwise.
 * circle waiting · dotted circle to be signed or sent · half circle under way · triangle due ·
 * diamond late · check done · bar partly · back-arrow returned · pause suspended · square refused */
export type Shape = 'wait' | 'sign' | 'run' | 'due' | 'late' | 'done' | 'part' | 'back' | 'pause' | 'no' | 'now' | 'up'
export type Tone = 'wait' | 'run' | 'due' | 'late' | 'done' | 'pause'

export const TONE: Record<Shape, Tone> = {
  wait: 'wait', sign: 'wait', run: 'run', due: 'due', late: 'late', done: 'done',
  part: 'due', back: 'wait', pause: 'pause', no: 'wait', now: 'run', up: 'wait',
}
