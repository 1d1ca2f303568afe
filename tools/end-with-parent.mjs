// Loaded before a child's own program: a child whose parent is gone (even killed) ends by itself instead of keeping its port.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
