// Counts heap allocations of the calling thread between two points; tests link it to show that kernels do not allocate.
#pragma once

void hugoniot_count_allocations_start(void);
long hugoniot_count_allocations_stop(void);
