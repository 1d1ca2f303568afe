/**
 * Settings on the server's command line. They also apply to a folder of an earlier version, whatever its
 * postgresql.conf says.
 */
interface ServerPlace {
  /** The port of 127.0.0.1; undefined: a socket in the data folder. */
  readonly port: number | undefined;
  readonly connections: number;
}

/** A commit is on disk before it is confirmed (ADR 0004). macOS flushes the disk cache only on request. */
const DURABLE = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  ...(process.platform === 'darwin' ? { wal_sync_method: 'fsync_writethrough' } : {}),
};
/** For one gateway and a small library: no replicas, no workers beside the queries. */
const SMALL = {
  shared_buffers: '32MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  jit: 'off',
};
/**
 * One file per day of the week, overwritten a week later. Logs only what the server does. Failed statements are
 * reported to the gateway and not logged here, because their text may quote a patron.
 */
const LOG = {
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgres-%a.log',
  log_file_mode: '0600',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
};

/** The arguments for all of these settings. */
export function settingsOf({ port, connections }: ServerPlace): readonly string[] {
  const place = {
    // The socket is in the folder, which only its owner may enter.
    listen_addresses: port === undefined ? '' : '127.0.0.1',
    unix_socket_directories: port === undefined ? '.' : '',
    unix_socket_permissions: '0700',
    ...(port === undefined ? {} : { port: String(port) }),
    max_connections: String(connections),
    // TLS is off, because the libraries bundled with the server are old.
    ssl: 'off',
    TimeZone: 'UTC',
  };
  const all = { ...DURABLE, ...SMALL, ...LOG, ...place };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
