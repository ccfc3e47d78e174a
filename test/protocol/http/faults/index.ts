import './lines.js';
import './bodies.js';
import './heads.js';
import './encodings.js';
import './redirects.js';
import './uploads.js';
import './tls.js';
import './proxies.js';

export { type Fault, faults as allFaults } from './fault.js';
