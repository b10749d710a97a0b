package transfer

// Cheap makes closing a package quick: a test does it often.
func Cheap() { cost = 10 }

// AllWords gives the list.
func AllWords() []string { return theList().all }
