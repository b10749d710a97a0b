package vault

import (
	"context"

	"taizhang/model"
)

// unseal makes the plain ledger stand in its place.
func (s *Sitting) unseal(context.Context) error { return model.Errorf("E-KEYBOX", "尚未完成") }

// Leave ends the sitting of a ledger that is closed already.
func (s *Sitting) Leave(context.Context) error { return model.Errorf("E-KEYBOX", "尚未完成") }

func (s *Sitting) removePlain() error { return model.Errorf("E-KEYBOX", "尚未完成") }
