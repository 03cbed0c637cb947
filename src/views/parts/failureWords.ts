import type { FailureCode } from '#domain';
import { m } from '#i18n';

interface Words {
  /** What happened. */
  readonly what: () => string;
  /** What the reader can do. */
  readonly cure: () => string;
}

/** One sentence and one cure for each code: a new code without words does not compile. */
export const FAILURE_WORDS: Readonly<Record<FailureCode, Words>> = {
  'no-webgpu': { what: m.failure_no_webgpu, cure: m.failure_no_webgpu_cure },
  'unsupported-build': { what: m.failure_unsupported_build, cure: m.failure_unsupported_build_cure },
  'unsupported-operator': { what: m.failure_unsupported_operator, cure: m.failure_unsupported_operator_cure },
  'out-of-memory': { what: m.failure_out_of_memory, cure: m.failure_out_of_memory_cure },
  'device-lost': { what: m.failure_device_lost, cure: m.failure_device_lost_cure },
  'no-numbers': { what: m.failure_no_numbers, cure: m.failure_no_numbers_cure },
  'gpu-error': { what: m.failure_gpu_error, cure: m.failure_gpu_error_cure },
  'worker-died': { what: m.failure_worker_died, cure: m.failure_worker_died_cure },
  'files-missing': { what: m.failure_files_missing, cure: m.failure_files_missing_cure },
  'file-corrupt': { what: m.failure_file_corrupt, cure: m.failure_file_corrupt_cure },
  network: { what: m.failure_network, cure: m.failure_network_cure },
  'template-invalid': { what: m.failure_template_invalid, cure: m.failure_template_invalid_cure },
  'context-exceeded': { what: m.failure_context_exceeded, cure: m.failure_context_exceeded_cure },
  'environment-changed': { what: m.failure_environment_changed, cure: m.failure_environment_changed_cure },
  'run-in-use': { what: m.failure_run_in_use, cure: m.failure_run_in_use_cure },
  'run-missing': { what: m.failure_run_missing, cure: m.failure_run_missing_cure },
  'model-missing': { what: m.failure_model_missing, cure: m.failure_model_missing_cure },
  'suite-missing': { what: m.failure_suite_missing, cure: m.failure_suite_missing_cure },
  'server-off': { what: m.failure_server_off, cure: m.failure_server_off_cure },
  'cors-off': { what: m.failure_cors_off, cure: m.failure_cors_off_cure },
  'permission-denied': { what: m.failure_permission_denied, cure: m.failure_permission_denied_cure },
  'mixed-content': { what: m.failure_mixed_content, cure: m.failure_mixed_content_cure },
  'key-needed': { what: m.failure_key_needed, cure: m.failure_key_needed_cure },
  'no-model': { what: m.failure_no_model, cure: m.failure_no_model_cure },
  'not-json': { what: m.failure_not_json, cure: m.failure_not_json_cure },
  'rate-limited': { what: m.failure_rate_limited, cure: m.failure_rate_limited_cure },
  'server-error': { what: m.failure_server_error, cure: m.failure_server_error_cure },
  'answer-broken': { what: m.failure_answer_broken, cure: m.failure_answer_broken_cure },
  'timed-out': { what: m.failure_timed_out, cure: m.failure_timed_out_cure },
  'storage-full': { what: m.failure_storage_full, cure: m.failure_storage_full_cure },
  'storage-unavailable': { what: m.failure_storage_unavailable, cure: m.failure_storage_unavailable_cure },
  'invalid-input': { what: m.failure_invalid_input, cure: m.failure_invalid_input_cure },
  unexpected: { what: m.failure_unexpected, cure: m.failure_unexpected_cure },
};
