/* What a script was called with. */

/** usage: what is said. switches: flags that stand alone; valued: flags with a word behind them, each with a function that says what is wrong with it,
 * or nothing. --help prints the usage; a word that nobody knows ends the program with 2 before anything is done. */
export function wordsOf(usage, switches, valued, argv = process.argv.slice(2)) {
  const has = new Set(), value = {}
  const refuse = (why) => {
    console.error(`${why}\n\n${usage}`)
    process.exit(2)
  }
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]
    if (word === '--help' || word === '-h') {
      console.log(usage)
      process.exit(0)
    }
    if (switches.includes(word)) has.add(word)
    else if (word in valued) {
      const wrong = i + 1 < argv.length ? valued[word](argv[i + 1]) : 'needs a value'
      if (wrong) refuse(`${word}: ${wrong}`)
      value[word] = argv[++i]
    } else refuse(`unknown: ${word}`)
  }
  return { has: (flag) => has.has(flag), value: (flag, otherwise) => value[flag] ?? otherwise }
}

export const count = (word) => (/^[1-9]\d*$/.test(word) ? '' : `not a number of one or more: ${word}`)
export const someOf = (names) => (word) => {
  const strange = word.split(',').filter((name) => !names.includes(name))
  return strange.length ? `unknown: ${strange.join(', ')}; there are ${names.join(', ')}` : ''
}
