package transfer

import "taizhang/store/internal/cost"

// Cheap makes closing a package quick: a test does it often.
func Cheap() { cost.Set(10) }

// AllWords gives the list.
func AllWords() []string { return theList().all }
