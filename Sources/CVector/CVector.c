// The functions of this header are inline; this file lets the compiler check it alone.
#include "CVector.h"
