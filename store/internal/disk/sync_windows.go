package disk

// SyncFolder has nothing to do: Windows keeps a folder's entries itself and lets
// no program sync them.
func SyncFolder(string) error { return nil }
