// Loaded before a child's own program. Ends the child when its parent is gone, even if killed, so that it does not keep
// its port.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
