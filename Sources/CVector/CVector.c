// The functions are inline; this file gives the target something to compile.
#include "CVector.h"
