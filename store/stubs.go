package store

import "errors"

var errNotYet = errors.New("not yet")
