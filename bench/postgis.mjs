/* How many points a second PostGIS places among the same polygons: ST_Contains over a GiST index, all points in one statement, by one process. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = '/usr/lib/postgresql/15/bin'
const there = () => existsSync('/usr/share/postgresql/15/extension/postgis.control')
const asRoot = process.getuid() === 0
const run = (command, args, options) => spawnSync(asRoot ? 'runuser' : command, asRoot ? ['-u', 'postgres', '--', command, ...args] : args, { encoding: 'utf8', maxBuffer: 1 << 28, cwd: '/', ...options })

/** polygons: GeoJSON; points: lines "lon,lat". Points a second, one for each round; null when PostGIS is not to be had. */
export function postgis(polygons, points, rounds) {
  if (!there()) spawnSync(join(root, 'tools/packages'), ['install', 'bench'], { stdio: 'ignore' })
  if (!there()) return null
  const folder = mkdtempSync(join(tmpdir(), 'linli-postgis-')), data = join(folder, 'data')
  const rows = JSON.parse(readFileSync(polygons, 'utf8')).features.map(({ geometry }) => JSON.stringify(geometry)).join('\n')
  writeFileSync(join(folder, 'polygons'), rows)
  copyFileSync(points, join(folder, 'points'))
  if (asRoot) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })))
    for (const path of [folder, join(folder, 'polygons'), join(folder, 'points')]) chownSync(path, uid, gid)
  }
  try {
    const made = run(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'linli', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'])
    if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
    const settings = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off -c shared_buffers=256MB -c jit=off -c max_parallel_workers_per_gather=0`
    if (run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start'], { stdio: 'ignore' }).status !== 0) throw new Error('PostgreSQL did not start')
    try {
      const ask = 'EXPLAIN (ANALYZE, TIMING OFF) SELECT count(g.id) FROM point p JOIN grid g ON ST_Contains(g.shape, p.at);\n'
      const told = run(join(bin, 'psql'), ['-h', folder, '-U', 'linli', '-d', 'postgres', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'], {
        input: `CREATE EXTENSION postgis;
          CREATE TABLE text (id serial, t text);
          COPY text (t) FROM '${folder}/polygons' WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02');
          CREATE TABLE grid AS SELECT id, ST_GeomFromGeoJSON(t) AS shape FROM text;
          CREATE INDEX ON grid USING gist (shape);
          CREATE TABLE lonlat (lon float8, lat float8);
          COPY lonlat FROM '${folder}/points' WITH (FORMAT csv);
          CREATE TABLE point AS SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS at FROM lonlat;
          VACUUM ANALYZE grid; VACUUM ANALYZE point;
          ${ask.repeat(rounds + 1)}SELECT 'points ' || count(*) FROM point;`,
      })
      if (told.status !== 0) throw new Error(told.stderr)
      const count = Number(/points (\d+)/.exec(told.stdout)[1])
      return [...told.stdout.matchAll(/Execution Time: ([\d.]+) ms/g)].slice(1).map(([, ms]) => (count / Number(ms)) * 1000)   // the first one warms
    } finally {
      run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-m', 'immediate', 'stop'], { stdio: 'ignore' })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
