// What lies beneath HDF5: a file driver of our own, and a rehearsal of foreign files in a process that may die.
//
// The library is not made for disks that fail nor for files that lie. A failed write leaves it in a state in which closing
// ends in a segmentation fault, or is not told at all where an object closes by itself; a file whose structure is changed
// in many places is readable by nobody where the process is killed among them; and a hostile file can do anything. So:
//
// - The driver never tells HDF5 that a write failed. It keeps the first failure for its owner, who asks after every call,
//   keeps all that is written from then on in memory, and leaves the file as it was.
// - With a journal, what was in the file at the last flush is not changed until the next one: changes wait in memory, and a
//   flush writes them to the journal first, then to their places. Whatever kills the process, the file is as it was after
//   some flush, or the journal is whole and says how to make it so.
// - A foreign file is first read as a whole by a child process; where that dies, the file is not opened.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// An open file. Belongs to the caller, who keeps its descriptor open, and has to outlive HDF5's own handle.
typedef struct cfile_storage cfile_storage;

// `descriptor` is read and written, never closed. Returns NULL where there is no memory.
cfile_storage *cfile_storage_create(int descriptor);
void cfile_storage_free(cfile_storage *storage);

// From now on flushes go through the journal file `descriptor`, and are on the disk when they return. Where
// `arrays_in_place` is true, only the structure does: the values of arrays go to their places at once.
void cfile_storage_use_journal(cfile_storage *storage, int descriptor, bool arrays_in_place);

// What is written goes nowhere but to memory.
void cfile_storage_keep_private(cfile_storage *storage);

// The number of the first failure of the operating system; 0 where there was none.
int cfile_storage_failure(const cfile_storage *storage);
// What failed, as a verb: "read", "write", …
const char *cfile_storage_failed_action(const cfile_storage *storage);

// Takes what an unfinished flush left in a journal: reads see it. Returns how many changes there are; 0 where the journal
// is empty or was not whole.
size_t cfile_storage_take_journal(cfile_storage *storage, int descriptor);
// Writes these changes to their places and to the disk, and empties the journal. Returns 0 or the number of the failure.
int cfile_storage_settle_journal(cfile_storage *storage, int descriptor);

// An access property list of HDF5 that opens `storage`; negative where HDF5 fails. Closing the file closes its objects.
int64_t cfile_access_list(cfile_storage *storage);

// Reads the file `path` as a whole in a child process, with limits on its time and memory, and changes it in memory where
// `writes` is true. `journal` may be NULL. Returns 0 where the child survived or none could be started, -1 where HDF5 found
// the structure broken, else the number of the signal that ended the child: SIGXCPU where it did not come to its end. HDF5 must not be used by another thread meanwhile.
int cfile_rehearse(const char *path, const char *journal, bool writes);
