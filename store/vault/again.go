package vault

import "context"

// SealAgain tries once more what Close could not do, as when room was made on the disk.
// It closes no ledger: that has been done. *model.Error as Close.
func (s *Sitting) SealAgain(ctx context.Context) error {
	lock, err := sit(s.path)
	if err != nil {
		return err
	}
	s.lock, s.left = lock, false
	return s.Leave(ctx)
}
